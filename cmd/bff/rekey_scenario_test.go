package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/test/harness"
	"renzheng/test/journey"
	"renzheng/test/people"
)

// rekeyScenario has the persons who use the servers while keys change: different ones
// at each server, and many whose cases only wait.
type rekeyScenario struct {
	*processFixture

	fates   []people.Fate
	numbers map[string]bool // of the resident IDs of all
	ended   []chan struct{} // by server; a round that ends is reported if meanwhile waits for it
}

const (
	firstSerial  = 200_000
	serialsApart = 50_000 // between the clients of two servers
	waiting      = 600    // signers who never log in
	signersAtMax = 100    // of one case
)

func newRekeyScenario(t *testing.T, tr *processFixture) *rekeyScenario {
	t.Helper()
	c := &rekeyScenario{
		processFixture: tr, numbers: map[string]bool{}, ended: make([]chan struct{}, len(tr.servers)),
		fates: []people.Fate{
			people.Passes, people.DottedName, people.RareName, people.ThreeRoles, people.Declines,
			people.CaseNameDiffers, people.NoPortrait, people.UncertifiedOwner,
		},
	}
	for server := range tr.servers {
		c.ended[server] = make(chan struct{})
		serial := firstSerial + server*serialsApart
		second, _ := people.New(people.Passes, serial+1, time.Now())
		c.numbers[second.Number] = true
		for _, fate := range c.fates {
			p, _ := people.New(fate, serial, time.Now())
			c.numbers[p.Number] = true
		}
	}
	c.pushWaiting(t)
	return c
}

// pushWaiting fills the tables, so that a rekey takes some time.
func (c *rekeyScenario) pushWaiting(t *testing.T) {
	t.Helper()
	for n := range waiting / signersAtMax {
		pushed := harness.SampleCase(c.newPerson(people.Passes), time.Now())
		pushed.Signers = nil
		for i := range signersAtMax {
			p, _ := people.New(people.ChangesMind, n*signersAtMax+i, time.Now())
			c.numbers[p.Number] = true
			pushed.Signers = append(pushed.Signers, registrytest.Signatory{
				SignerID: fmt.Sprintf("S%d", i), Role: "股东",
				Document: registrytest.Document{Type: "resident_id", Number: p.Number, Name: p.Name},
			})
		}
		if _, err := c.Cases.PutCase(t.Context(), fmt.Sprintf("waiting-%d", n), pushed); err != nil {
			t.Fatal(err)
		}
	}
}

// visit plays all stories once at one server.
func (c *rekeyScenario) visit(ctx context.Context, t *testing.T, server int) {
	t.Helper()
	result, err := journey.Run(ctx, journey.Options{
		Server: c.urls[server], Sandbox: c.URL, Roles: people.InAlipay(c.fates...), Parallel: 4,
		Serial: firstSerial + server*serialsApart, Patience: time.Minute,
	})
	if err != nil {
		t.Error(err)
	}
	for _, difference := range result.Differences {
		t.Error(difference)
	}
	select {
	case c.ended[server] <- struct{}{}:
	default:
	}
}

// visitAll plays all stories once at each server.
func (c *rekeyScenario) visitAll(t *testing.T) {
	t.Helper()
	for server := range c.servers {
		c.visit(t.Context(), t, server)
	}
}

// keepVisiting repeats all stories at all servers until the returned function is
// called, which waits for the stories in progress.
func (c *rekeyScenario) keepVisiting(t *testing.T) (end func()) {
	t.Helper()
	closing := make(chan struct{})
	var gone []chan struct{}
	for server := range c.servers {
		left := make(chan struct{})
		gone = append(gone, left)
		go func() {
			defer close(left)
			for {
				select {
				case <-closing:
					return
				default:
					c.visit(t.Context(), t, server)
				}
			}
		}()
	}
	return func() {
		close(closing)
		for _, left := range gone {
			<-left
		}
	}
}

// meanwhile waits until a whole round of stories has begun and ended at each server.
func (c *rekeyScenario) meanwhile(t *testing.T) {
	t.Helper()
	const begunAndEnded, patience = 2, 5 * time.Minute // a round takes a second, or ten on a busy machine
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for server := range c.servers {
		for range begunAndEnded {
			select {
			case <-c.ended[server]:
			case <-ctx.Done():
				t.Fatalf("no round of stories ended at server %d: %v", server, ctx.Err())
			}
		}
	}
}

// keys runs a command on the key file and makes all servers read it again.
func (c *rekeyScenario) keys(t *testing.T, step, kind string) {
	t.Helper()
	if out, err := command(t, "keys", step, kind, c.Settings["BFF_KEYS"]).CombinedOutput(); err != nil {
		t.Fatalf("bff keys %s %s: %v\n%s", step, kind, err, out)
	}
	c.reload(t)
}

func (c *rekeyScenario) reload(t *testing.T) {
	t.Helper()
	const done = `"keys reloaded"`
	want := c.logs.Count(done) + len(c.servers)
	for _, server := range c.servers {
		server.ReloadKeys()
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := c.logs.Wait(ctx, done, want); err != nil {
		t.Fatal(err)
	}
}

// drop takes all keys of a kind but the newest out of the file.
func (c *rekeyScenario) drop(t *testing.T, kind string) {
	t.Helper()
	var file map[string][]json.RawMessage
	readJSON(t, c.Settings["BFF_KEYS"], &file)
	if len(file[kind]) < 2 {
		t.Fatalf("there are %d keys of kind %s, want an old one", len(file[kind]), kind)
	}
	file[kind] = file[kind][:1]
	content, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	next := c.Settings["BFF_KEYS"] + ".next"
	if err = os.WriteFile(next, content, 0o600); err == nil {
		err = os.Rename(next, c.Settings["BFF_KEYS"])
	}
	if err != nil {
		t.Fatal(err)
	}
	c.reload(t)
}

// rekey runs the command to its end.
func (c *rekeyScenario) rekey(t *testing.T) {
	t.Helper()
	out, err := command(t, "rekey", "--database", c.Settings["BFF_DATABASE"], "--keys", c.Settings["BFF_KEYS"]).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "all data is under the newest keys") {
		t.Fatalf("bff rekey: %v\n%s", err, out)
	}
}

// interruptRekey sends SIGINT at the first step of a table.
func (c *rekeyScenario) interruptRekey(t *testing.T, table string) {
	t.Helper()
	run := command(t, "rekey", "--database", c.Settings["BFF_DATABASE"], "--keys", c.Settings["BFF_KEYS"])
	progress, err := run.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err = run.Start(); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	pressed := false
	for buffer := make([]byte, 512); err == nil; {
		var n int
		n, err = progress.Read(buffer)
		said.Write(buffer[:n])
		if !pressed && strings.Contains(said.String(), table) {
			pressed = true
			if failed := run.Process.Signal(syscall.SIGINT); failed != nil {
				t.Fatal(failed)
			}
		}
	}
	if err = run.Wait(); err == nil || !strings.Contains(said.String(), "run it again to go on") {
		t.Fatalf("the interrupted rekey ended with %v and said %q", err, said.String())
	}
}
