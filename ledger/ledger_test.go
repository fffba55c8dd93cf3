package ledger_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/gowebpki/jcs"

	"renzheng/ledger"
)

const entries = 100_000

func start() time.Time { return time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC) }

func draft(n int) ledger.Draft {
	return ledger.Draft{
		ID: fmt.Sprintf("led_%032x", n), At: start().Add(time.Duration(n) * time.Second), Kind: "visit.verified", Office: "hall-1",
		Member: fmt.Sprintf("stf_%032x", n%7), Reference: fmt.Sprintf("vis_%032x", n), Reason: "no_smartphone",
	}
}

// write returns the file of a ledger of n entries, and the head after each.
func write(t *testing.T, n int) (file []byte, heads []ledger.Head) {
	t.Helper()
	var text bytes.Buffer
	w, head := ledger.NewWriter(&text), ledger.Empty()
	for i := range n {
		d := draft(i)
		if i%10 == 9 {
			d.Kind, d.Corrects, d.Reason = ledger.KindCorrection, int64(i), "wrong_case"
		}
		e, err := head.Next(d)
		if err != nil {
			t.Fatal(err)
		}
		if err = w.Write(e); err != nil {
			t.Fatal(err)
		}
		head = e.Head()
		heads = append(heads, head)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return text.Bytes(), heads
}

func brokenAt(err error) int64 {
	broken, ok := errors.AsType[*ledger.BrokenError](err)
	if !ok {
		return -1
	}
	return broken.Sequence
}

func verify(file []byte, earlier ...ledger.Head) error {
	_, err := ledger.Verify(bytes.NewReader(file), earlier...)
	return err
}

// What is broken is named at its place: 1,000 bits, each in a copy of its own, one line that is gone, two that changed places.
func TestVerify_NamesTheFirstBrokenEntry(t *testing.T) {
	t.Parallel()
	file, _ := write(t, entries)
	if err := verify(file); err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(file, []byte("\n"))[:entries]
	chance := rand.New(rand.NewPCG(1, 2))
	chosen := map[int]bool{}
	for len(chosen) < 1000 {
		chosen[chance.IntN(entries)] = true
	}
	// The beginning is the same in every copy, so it is verified once.
	v, named := ledger.NewVerifier(), 0
	for i, line := range lines {
		if chosen[i] {
			changed := bytes.Clone(line)
			changed[chance.IntN(len(line))] ^= 1 << chance.IntN(8)
			rest := bytes.Join([][]byte{changed, bytes.Join(lines[i+1:min(i+3, entries)], nil)}, nil)
			after := v
			if err := feed(&after, rest); brokenAt(err) != int64(i+1) {
				t.Errorf("entry %d: got %v in\n%s", i+1, err, changed)
			} else {
				named++
			}
		}
		if err := v.Line(bytes.TrimSuffix(line, []byte("\n"))); err != nil {
			t.Fatal(err)
		}
	}
	const gone, swapped = 61_803, 31_416
	without := bytes.Join([][]byte{bytes.Join(lines[:gone-1], nil), bytes.Join(lines[gone:], nil), file[len(bytes.Join(lines, nil)):]}, nil)
	if err := verify(without); brokenAt(err) != gone {
		t.Errorf("a deleted entry: got %v, want %d", err, gone)
	}
	other := bytes.Join([][]byte{
		bytes.Join(lines[:swapped-1], nil), lines[swapped], lines[swapped-1], bytes.Join(lines[swapped+1:], nil), file[len(bytes.Join(lines, nil)):],
	}, nil)
	if err := verify(other); brokenAt(err) != swapped {
		t.Errorf("swapped entries: got %v, want %d", err, swapped)
	}
	t.Logf("entries: %d, bits changed: %d, named at their place: %d", entries, len(chosen), named)
}

// feed passes lines to a verifier as Verify does. Changing a line feed joins two lines.
func feed(v *ledger.Verifier, text []byte) error {
	for line := range bytes.Lines(text) {
		if err := v.Line(bytes.TrimSuffix(line, []byte("\n"))); err != nil {
			return err
		}
	}
	return nil
}

// Every bit of a small file counts, those of its last line and its line feeds too.
func TestVerify_NoticesEveryBit(t *testing.T) {
	t.Parallel()
	file, _ := write(t, 4)
	for i := range file {
		for bit := range 8 {
			changed := bytes.Clone(file)
			changed[i] ^= 1 << bit
			if verify(changed) == nil {
				t.Errorf("bit %d of byte %d may change", bit, i)
			}
		}
	}
	for n := range file {
		if verify(file[:n]) == nil {
			t.Errorf("the first %d bytes pass for the whole", n)
		}
	}
	if verify(append(bytes.Clone(file), '\n')) == nil {
		t.Error("a line behind the last one is not noticed")
	}
}

// Lines are RFC 8785 JSON, which others can write and hash as well.
func TestWriter_WritesCanonicalJSON(t *testing.T) {
	t.Parallel()
	file, _ := write(t, 11)
	for line := range bytes.Lines(file) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		if want, err := jcs.Transform(line); err != nil || !bytes.Equal(want, line) {
			t.Errorf("got %s, want %s, %v", line, want, err)
		}
	}
}

// A forger who writes the whole chain anew is noticed by a head that somebody else keeps.
func TestVerify_ComparesEarlierHeads(t *testing.T) {
	t.Parallel()
	file, heads := write(t, 50)
	if err := verify(file, heads[19], heads[39]); err != nil {
		t.Errorf("its own heads: %v", err)
	}
	forged := ledger.Head{Sequence: 20, Hash: heads[20].Hash}
	if err := verify(file, heads[9], forged); brokenAt(err) != 20 {
		t.Errorf("a ledger that was written anew: got %v, want entry 20", err)
	}
	for name, conflicting := range map[string][]ledger.Head{
		"the right one first": {heads[19], forged}, "the right one last": {forged, heads[19]},
	} {
		if err := verify(file, conflicting...); brokenAt(err) != 20 {
			t.Errorf("two heads of one number, %s: got %v, want entry 20", name, err)
		}
	}
	if verify(file, ledger.Head{Hash: forged.Hash}) == nil {
		t.Error("a head of number 0 passes that is not the beginning")
	}
	if verify(file, ledger.Head{Sequence: 51, Hash: heads[0].Hash}) == nil {
		t.Error("a ledger that lost its end passes although a later head is known")
	}
}

func TestNext_RejectsWhatIsNoEntry(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*ledger.Draft){
		"no kind":                 func(d *ledger.Draft) { d.Kind = "" },
		"words as a reason":       func(d *ledger.Draft) { d.Reason = "张三 said so" },
		"a line feed":             func(d *ledger.Draft) { d.Office = "hall\n1" },
		"no member":               func(d *ledger.Draft) { d.Member = "" },
		"another id":              func(d *ledger.Draft) { d.ID = "led_1" },
		"a correction of nothing": func(d *ledger.Draft) { d.Kind = ledger.KindCorrection },
		"a correction of itself":  func(d *ledger.Draft) { d.Kind, d.Corrects = ledger.KindCorrection, 1 },
		"corrects by another act": func(d *ledger.Draft) { d.Corrects = 1 },
		"a document's number":     func(d *ledger.Draft) { d.Digest = "110105194912310021" },
		"no time":                 func(d *ledger.Draft) { d.At = time.Time{} },
	} {
		d := draft(1)
		change(&d)
		if _, err := ledger.Empty().Next(d); !errors.Is(err, ledger.ErrEntry) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func FuzzVerify(f *testing.F) {
	e, err := ledger.Empty().Next(draft(1))
	if err != nil {
		f.Fatal(err)
	}
	var text bytes.Buffer
	w := ledger.NewWriter(&text)
	if err = errors.Join(w.Write(e), w.Close()); err != nil {
		f.Fatal(err)
	}
	f.Add(text.String())
	f.Add(`{"format":"renzheng-ledger/1","head":{"hash":"` + ledger.Empty().Hash + `","sequence":0}}` + "\n")
	f.Fuzz(func(t *testing.T, file string) {
		head, failed := ledger.Verify(strings.NewReader(file))
		if failed == nil && int64(strings.Count(file, "\n")) != head.Sequence+1 {
			t.Errorf("a file of %d lines passes for %d entries", strings.Count(file, "\n"), head.Sequence)
		}
	})
}
