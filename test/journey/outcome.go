package journey

import (
	"errors"
	"fmt"
)

// outcome is the documented end of an attempt.
type outcome struct {
	state   string
	failure string // "" with a pass
	counted bool
}

func passes() outcome { return outcome{state: "passed"} }

func (o outcome) words() string {
	if o.failure == "" {
		return o.state
	}
	return o.failure
}

// fits compares an attempt with the documentation: state, failure, remedies, and the
// tries that it used.
func (o outcome) fits(before Verification, got Attempt) error {
	code := ""
	if got.Failure != nil {
		code = got.Failure.Code
	}
	problems := []error{
		same("state", got.State, o.state), same("failure", code, o.failure), same("counted", got.Counted, o.counted),
		wellFormed(got.Failure),
	}
	if o.failure != "" {
		problems = append(problems, o.triesFit(before, got.Verification))
	}
	return errors.Join(problems...)
}

// triesFit checks that exactly the counted tries were used.
func (o outcome) triesFit(before, after Verification) error {
	if before.Tries == nil || after.Tries == nil {
		return errors.New("the tries left are not told")
	}
	want := before.Tries.Left
	if o.counted {
		want--
	}
	if want > 0 && (after.Next == nil || before.Next == nil || after.Next.Check != before.Next.Check) {
		return errors.New("with tries left the same check is not the next step")
	}
	if want == 0 && after.Tries.NextAt == nil {
		return errors.New("without tries left the time of the next is not told")
	}
	return same("tries left", after.Tries.Left, want)
}

// wellFormed checks that a failure has all texts, and that its remedies end with the
// window and technical support.
func wellFormed(f *Failure) error {
	if f == nil {
		return nil
	}
	if f.Prompt == "" || f.Cause == "" || f.Kind == "" || len(f.Remedies) < 2 {
		return fmt.Errorf("failure %s is incomplete", f.Code)
	}
	for _, remedy := range f.Remedies {
		if remedy.Text == "" {
			return fmt.Errorf("remedy %s of failure %s has no text", remedy.Kind, f.Code)
		}
	}
	last := f.Remedies[len(f.Remedies)-2:]
	if last[0].Kind != "service_window" || last[1].Kind != "technical_support" {
		return fmt.Errorf("the remedies of failure %s do not end with window and support", f.Code)
	}
	if last[0].SlipCode == "" {
		return fmt.Errorf("failure %s has no slip for the window", f.Code)
	}
	return nil
}

// remedied checks that the remedies of a failure begin with the given ones.
func remedied(f *Failure, first ...string) error {
	if f == nil {
		return errors.New("no failure is told")
	}
	if err := wellFormed(f); err != nil {
		return err
	}
	got := make([]string, 0, len(f.Remedies))
	for _, remedy := range f.Remedies[:len(f.Remedies)-2] {
		got = append(got, remedy.Kind)
	}
	return same("remedies of "+f.Code, fmt.Sprint(got), fmt.Sprint(first))
}
