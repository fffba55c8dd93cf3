package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"renzheng/strictjson"
)

// BrokenError names the first entry of a ledger that is not as it was written.
type BrokenError struct {
	Sequence int64  // of the entry that belongs there
	Problem  string // what is wrong with it; it quotes nothing
}

func (e *BrokenError) Error() string {
	return fmt.Sprintf("entry %d is broken: %s", e.Sequence, e.Problem)
}

// Verifier follows a ledger from its first entry. Its zero value is not usable; see NewVerifier. A copy goes on by itself.
type Verifier struct {
	head    Head
	earlier map[int64][]string // hashes by sequence, see NewVerifier
}

// NewVerifier returns a verifier before the first entry. The heads, which were taken on earlier days and are kept elsewhere,
// must lie on the chain.
func NewVerifier(earlier ...Head) Verifier {
	v := Verifier{head: Empty(), earlier: map[int64][]string{}}
	for _, h := range earlier {
		v.earlier[h.Sequence] = append(v.earlier[h.Sequence], h.Hash)
	}
	return v
}

// Head returns the head after the entries that were verified.
func (v *Verifier) Head() Head { return v.head }

// Entry verifies the next entry. Errors: *BrokenError.
func (v *Verifier) Entry(e Entry) error {
	want := v.head.Sequence + 1
	broken := func(problem string) error { return &BrokenError{want, problem} }
	switch {
	case e.Sequence > want:
		return broken(fmt.Sprintf("it is missing; entry %d follows instead", e.Sequence))
	case e.Sequence < want:
		return broken(fmt.Sprintf("entry %d is there instead", e.Sequence))
	}
	if err := e.Validate(); err != nil {
		return broken(err.Error())
	}
	hash, err := e.hash()
	switch {
	case err != nil:
		return err
	case e.Previous != v.head.Hash:
		return broken("it does not continue the entry before it")
	case e.Hash != hash:
		return broken("its hash does not match its content")
	}
	if !v.onChain(e.Head()) {
		return broken("an earlier head of this ledger has another hash for it")
	}
	v.head = e.Head()
	return nil
}

// onChain reports whether every earlier head of that number is this one.
func (v *Verifier) onChain(h Head) bool {
	return !slices.ContainsFunc(v.earlier[h.Sequence], func(earlier string) bool { return earlier != h.Hash })
}

// Line verifies the next line of a file, without its end. Errors: *BrokenError.
func (v *Verifier) Line(line []byte) error {
	var e Entry
	if err := strictjson.Decode(line, &e); err != nil {
		return &BrokenError{v.head.Sequence + 1, "it is not an entry"}
	}
	// One text for one entry: what the reader tolerates, such as white space, is not what was written.
	text, err := canonical(e)
	if err != nil {
		return err
	}
	if !bytes.Equal(text, line) {
		if e.Sequence != v.head.Sequence+1 { // the more specific problem
			return v.Entry(e)
		}
		return &BrokenError{v.head.Sequence + 1, "its JSON is not canonical"}
	}
	return v.Entry(e)
}

// errShort reports an earlier head that lies after the end.
var errShort = errors.New("the ledger ends before an earlier head of it")

// errEmpty reports an earlier head of number 0 that is not the beginning of every ledger.
var errEmpty = errors.New("an earlier head of number 0 is not that of an empty ledger")

// End verifies that the ledger ends with a head, and that it reaches all earlier heads.
func (v *Verifier) End(h Head) error {
	if h.Sequence > v.head.Sequence {
		return &BrokenError{v.head.Sequence + 1, "it is missing at the end"}
	}
	if h != v.head {
		return &BrokenError{v.head.Sequence, "the file states another end"}
	}
	if !v.onChain(Empty()) {
		return errEmpty
	}
	for sequence := range v.earlier {
		if sequence > v.head.Sequence {
			return errShort
		}
	}
	return nil
}
