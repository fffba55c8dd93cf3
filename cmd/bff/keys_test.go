package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"renzheng/keyring"
)

// madeKeys returns the path of a new key file with a mode, alone in its folder.
func madeKeys(t *testing.T, mode fs.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := run([]string{"keys", "generate", path}); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

// keyChanges are the commands that change a key file, in an order in which each of them can run.
var keyChanges = [][]string{{"rotate", "signing"}, {"introduce", "master"}, {"promote", "master"}}

// The server may read the key file by its group.
func TestKeys_ChangesKeepWhoMayReadTheFile(t *testing.T) {
	t.Parallel()
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o440} {
		path := madeKeys(t, mode)
		for _, change := range keyChanges {
			before := content(t, path)
			if err := run(append([]string{"keys", change[0], change[1]}, path)); err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode() != mode || before == content(t, path) {
				t.Errorf("%v: got mode %o, want %o and other keys", change, info.Mode(), mode)
			}
		}
		if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
			t.Errorf("got %v, %v, want nothing next to the key file", left, err)
		}
	}
}

// Others who can write to the folder may have put a file or a link where a fixed name would lead.
func TestKeys_AreNeverWrittenIntoAFileOfOthers(t *testing.T) {
	t.Parallel()
	path := madeKeys(t, 0o600)
	trap := filepath.Join(t.TempDir(), "trap")
	if err := os.WriteFile(trap, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(trap, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(trap, path+".new"); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{"keys", "rotate", "signing", path}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode() != 0o600 || len(content(t, trap)) != 0 {
		t.Errorf("got a key file of mode %v and %d bytes in the file of others, want 0600 and none", info.Mode(), len(content(t, trap)))
	}
}

func TestKeys_ChangesRejectAFileThatEverybodyCanReadOrChange(t *testing.T) {
	t.Parallel()
	for _, mode := range []fs.FileMode{0o644, 0o602, 0o666} {
		path := madeKeys(t, mode)
		before := content(t, path)
		for _, change := range keyChanges {
			wantError(t, run([]string{"keys", change[0], change[1], path}), "every user of the machine")
		}
		if before != content(t, path) {
			t.Errorf("mode %o: the rejected file was changed", mode)
		}
		if err := run([]string{"keys", "rotate", "signing", "--readable-secrets", path}); err != nil {
			t.Errorf("mode %o, allowed by the flag: got %v, want no error", mode, err)
		}
	}
}

// The server may read the key file by another group than the operator's.
func TestKeys_ChangesKeepOwnerAndGroup(t *testing.T) {
	t.Parallel()
	path := madeKeys(t, 0o640)
	before := ownerAndGroup(t, path)
	if os.Getuid() == 0 { // only root can give a file away
		before = [2]uint32{7, 8}
		if err := os.Chown(path, 7, 8); err != nil {
			t.Fatal(err)
		}
	}
	if err := run([]string{"keys", "rotate", "signing", path}); err != nil {
		t.Fatal(err)
	}
	if got := ownerAndGroup(t, path); got != before {
		t.Errorf("got owner and group %v, want %v", got, before)
	}
}

func ownerAndGroup(t *testing.T, path string) [2]uint32 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		t.Fatal("this system knows no owner")
	}
	return [2]uint32{stat.Uid, stat.Gid}
}

func TestKeys_ChangesPrintTheKeyItsTimeAndTheNextStep(t *testing.T) {
	t.Parallel()
	path := madeKeys(t, 0o600)
	for _, tt := range []struct {
		change, kind string
		want         []string
	}{
		{change: "introduce", kind: "master", want: []string{"master key m2: reads only", path + " to every replica", "SIGHUP", "bff keys promote master " + path}},
		{change: "promote", kind: "master", want: []string{"master key m2: ", "writes", path + " to every replica", "SIGHUP", "bff rekey"}},
		{change: "rotate", kind: "lookup", want: []string{"lookup key l2: ", "writes", path + " to every replica", "SIGHUP", "bff rekey"}},
	} {
		got := printedBy(t, "keys", tt.change, tt.kind, path)
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s %s: got %q, want %q in it", tt.change, tt.kind, got, want)
			}
		}
	}
	got := printedBy(t, "keys", "rotate", "signing", path)
	keys, err := keyring.List([]byte(content(t, path)), keyring.KindSigning)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"signing key " + keys[0].ID, "from " + keys[0].UseFrom.Format(time.RFC3339), path + " to every replica", "SIGHUP"} {
		if !strings.Contains(got, want) {
			t.Errorf("rotate signing: got %q, want %q in it", got, want)
		}
	}
	if strings.Contains(got, "rekey") {
		t.Errorf("got %q, want nothing about data, which no signing key encrypts", got)
	}
}

func printedBy(t *testing.T, args ...string) string {
	t.Helper()
	output, err := command(t, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(output)
}
