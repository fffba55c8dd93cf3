package todo_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"renzheng/receipt"
	"renzheng/todo"
)

func confirm(t *testing.T, rules *todo.Service, f *fixture) (todo.AnswerResult, error) {
	t.Helper()
	return rules.ConfirmTodo(t.Context(), viewer(t), todo.ConfirmRequest{
		TodoID: "tod_1", VerificationID: "ver_1", Revision: 1, ContentDigest: f.one.ContentDigest, Strokes: signature().Encode(),
	})
}

func decline(t *testing.T, rules *todo.Service, f *fixture) (todo.AnswerResult, error) {
	t.Helper()
	return rules.DeclineTodo(t.Context(), viewer(t), todo.DeclineRequest{
		TodoID: "tod_1", Revision: 1, ContentDigest: f.one.ContentDigest, Reason: todo.NotMine,
	})
}

// answers are the two calls that answer a todo.
func answers() map[string]func(*testing.T, *todo.Service, *fixture) (todo.AnswerResult, error) {
	return map[string]func(*testing.T, *todo.Service, *fixture) (todo.AnswerResult, error){"confirm": confirm, "decline": decline}
}

// statement decodes the statement of a receipt.
func statement(t *testing.T, c todo.Confirmation) receipt.Statement {
	t.Helper()
	var st receipt.Statement
	if err := json.Unmarshal(payload(t, c.Receipt), &st); err != nil {
		t.Fatal(err)
	}
	if err := receipt.CheckOpenings(st, c.Openings); err != nil {
		t.Error(err)
	}
	return st
}

func TestConfirmTodo_SealsWhatWasShownAndSigned(t *testing.T) {
	t.Parallel()
	f, rules := newFixture(t)
	f.proof.PortraitSHA256 = make([]byte, 32)
	for range 20 {
		f.proof.Consents = append(f.proof.Consents, f.proof.Consents[0])
	}
	f.proof.Consents[20].Kind = "newest"
	c, err := confirm(t, rules, f)
	if err != nil || c.Replayed || len(f.written) != 1 {
		t.Fatalf("got replayed %t and %d answers (%v), want one new", c.Replayed, len(f.written), err)
	}
	st, a := statement(t, c.Confirmation), f.written[0]
	if st.StatementBy != receipt.Person || st.Portrait == receipt.None || st.Handwriting == receipt.None || st.Verification.ID != "ver_1" {
		t.Errorf("got %+v", st)
	}
	if len(st.Consents) != 16 || st.Consents[15].Kind != "newest" {
		t.Errorf("got %d consents, want the 16 newest", len(st.Consents))
	}
	if a.Event.Type != todo.EventConfirmed || a.Event.ConfirmationID != c.ID || a.Event.Receipt != c.Receipt {
		t.Errorf("got the event %+v", a.Event)
	}
}

func TestConfirmTodo_WithoutPictureSaysNone(t *testing.T) {
	t.Parallel()
	f, rules := newFixture(t)
	c, err := confirm(t, rules, f)
	if err != nil {
		t.Fatal(err)
	}
	if st := statement(t, c.Confirmation); st.Portrait != receipt.None || st.Handwriting == receipt.None {
		t.Errorf("got portrait %q, handwriting %q", st.Portrait, st.Handwriting)
	}
}

func TestDeclineTodo_NeedsNeitherFaceNorHandwriting(t *testing.T) {
	t.Parallel()
	f, rules := newFixture(t)
	c, err := decline(t, rules, f)
	if err != nil {
		t.Fatal(err)
	}
	st := statement(t, c.Confirmation)
	if st.Reason != "not_mine" || st.Verification != nil || st.Handwriting != receipt.None || f.written[0].Event.Type != todo.EventDeclined {
		t.Errorf("got %+v", st)
	}
}

func TestDeclineTodo_TakesOnlyItsReasons(t *testing.T) {
	t.Parallel()
	f, rules := newFixture(t)
	_, err := rules.DeclineTodo(t.Context(), viewer(t), todo.DeclineRequest{Reason: "because"})
	wantCode(t, "another reason", err, todo.CodeReasonInvalid)
	if len(f.written) != 0 {
		t.Error("something was written")
	}
}

func TestConfirmTodo_RejectsStrokesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	_, rules := newFixture(t)
	_, err := rules.ConfirmTodo(t.Context(), viewer(t), todo.ConfirmRequest{Strokes: "?"})
	wantCode(t, "not strokes", err, todo.CodeStrokesInvalid)
}

// An answer that is not possible fails with the code of its reason, and nothing is written.
func TestAnswer_IsRejectedForWhatStandsAgainstIt(t *testing.T) {
	t.Parallel()
	for code, changes := range map[string][]func(*fixture){
		todo.CodeNameDiffers:     {func(f *fixture) { f.one.Signer = otherName(t) }},
		todo.CodeAlreadyAnswered: {state(todo.Confirmed), state(todo.Declined), state(todo.DoneAtWindow)},
		todo.CodeExpired: {state(todo.Expired), func(f *fixture) {
			f.one.ExpiresAt = noon().Add(time.Hour).Truncate(time.Millisecond)
		}},
		todo.CodeWithdrawn: {state(todo.Withdrawn)},
		todo.CodeRevisionStale: {
			state(todo.Superseded),
			func(f *fixture) { f.one.Revision = 2 },
			func(f *fixture) { f.one.ServedAt = time.Time{} },
		},
	} {
		for i, change := range changes {
			for name, answer := range answers() {
				f, rules := newFixture(t)
				change(f)
				_, err := answer(t, rules, f)
				wantCode(t, name, err, code)
				if len(f.written) != 0 {
					t.Errorf("%s: %s %d was written", name, code, i)
				}
			}
		}
	}
}

func state(s todo.State) func(*fixture) { return func(f *fixture) { f.one.State = s } }

func TestAnswer_OfAnotherContentIsStale(t *testing.T) {
	t.Parallel()
	for name, answer := range answers() {
		f, rules := newFixture(t)
		shown := *f
		shown.one.ContentDigest = "of something else"
		_, err := answer(t, rules, &shown)
		wantCode(t, name, err, todo.CodeRevisionStale)
	}
}

func TestConfirmTodo_NeedsAVerificationThatFits(t *testing.T) {
	t.Parallel()
	for consumed, code := range map[bool]string{
		true:  todo.CodeVerificationConsumed,
		false: todo.CodeVerificationNotUsable,
	} {
		f, rules := newFixture(t)
		f.unfit, f.consumed = true, consumed
		_, err := confirm(t, rules, f)
		wantCode(t, "unfit", err, code)
	}
}

// The first answer is kept. A caller that repeats its call gets it as the result,
// and every other caller gets it with an error.
func TestAnswer_SecondGetsTheFirst(t *testing.T) {
	t.Parallel()
	for name, answer := range answers() {
		f, rules := newFixture(t)
		f.one.State, f.answer = todo.Confirmed, &todo.Confirmation{ID: "cfm_first"}
		c, err := answer(t, rules, f)
		if err != nil || !c.Replayed || c.ID != "cfm_first" {
			t.Errorf("%s: got %s, replayed %t, %v; want the first answer", name, c.ID, c.Replayed, err)
		}
		f.otherKey = true
		_, err = answer(t, rules, f)
		var rejected *todo.RejectedError
		if !errors.As(err, &rejected) || rejected.Confirmation == nil || rejected.Confirmation.ID != "cfm_first" {
			t.Errorf("%s: got %v, want a rejection with the first answer", name, err)
		}
		f.fail["Answered"] = todo.ErrKeyReused
		_, err = answer(t, rules, f)
		wantCode(t, name, err, todo.CodeKeyReused)
		f.fail["Answered"] = errStore
		if _, err = answer(t, rules, f); !errors.Is(err, errStore) {
			t.Errorf("%s: got %v, want the store's error", name, err)
		}
	}
}

// If the acknowledgement of a commit is lost, the repeated transaction conflicts with its own result.
func TestAnswer_CommittedUnseenIsNew(t *testing.T) {
	t.Parallel()
	for name, answer := range answers() {
		for _, otherKey := range []bool{false, true} {
			f, rules := newFixture(t)
			f.fail["Confirm"], f.fail["Decline"], f.otherKey = todo.ErrConflict, todo.ErrAnswered, otherKey
			f.answer = &todo.Confirmation{}
			c, err := answer(t, rules, f)
			if err != nil || c.Replayed || len(f.written) != 1 || c.ID != f.written[0].Confirmation.ID {
				t.Errorf("%s: got %s, replayed %t, %v; want its own answer", name, c.ID, c.Replayed, err)
			}
		}
	}
}

func TestConfirmTodo_OvertakenLearnsTheCause(t *testing.T) {
	t.Parallel()
	f, rules := newFixture(t)
	f.fail["Confirm"] = todo.ErrConflict
	_, err := confirm(t, rules, f)
	wantCode(t, "the todo still waits", err, todo.CodeVerificationNotUsable)
	f.fail["Confirm"] = todo.ErrStrokesReused
	_, err = confirm(t, rules, f)
	wantCode(t, "identical strokes", err, todo.CodeStrokesReused)
}

func TestAnswer_FailureOfTheStoreIsNoRejection(t *testing.T) {
	t.Parallel()
	for name, methods := range map[string][]string{"confirm": {"Ready", "SigningKey", "Confirm"}, "decline": {"Todo", "Access", "SigningKey", "Decline"}} {
		for _, method := range methods {
			f, rules := newFixture(t)
			f.fail[method] = errStore
			if c, err := answers()[name](t, rules, f); !errors.Is(err, errStore) || c.ID != "" {
				t.Errorf("%s: got %q, %v; want the error of %s", name, c.ID, err, method)
			}
		}
	}
	f, rules := newFixture(t)
	f.fail["Confirm"], f.fail["Todo"] = todo.ErrConflict, errStore
	if _, err := confirm(t, rules, f); !errors.Is(err, errStore) {
		t.Errorf("got %v of an overtaken todo that cannot be read", err)
	}
}

func TestAnswer_WithoutRandomnessWritesNothing(t *testing.T) {
	t.Parallel()
	const draws = 4 // id, event, salts of signer and case
	for name, answer := range answers() {
		for bytes := range draws * 16 {
			f, rules := newFixture(t)
			rules.Rand = &dry{left: bytes}
			if c, err := answer(t, rules, f); !errors.Is(err, errStore) || c.ID != "" || len(f.written) != 0 {
				t.Fatalf("%s with %d random bytes: got %q, %v", name, bytes, c.ID, err)
			}
		}
	}
}

// dry is a source of randomness that fails after some bytes.
type dry struct{ left int }

func (f *dry) Read(p []byte) (int, error) {
	if f.left < len(p) {
		return 0, errStore
	}
	f.left -= len(p)
	p[0] = 1
	return len(p), nil
}

func TestConfirmTodo_SealsNoContentThatWasAltered(t *testing.T) {
	t.Parallel()
	f, rules := newFixture(t)
	f.one.Content.Items = []todo.Item{{Label: "出资额", Value: "壹亿元"}}
	if _, err := confirm(t, rules, f); err == nil || len(f.written) != 0 {
		t.Errorf("got %v for a content that its digest does not match", err)
	}
}

func TestCloseSigner_IsTheRegistrysStatement(t *testing.T) {
	t.Parallel()
	for _, from := range []todo.State{todo.Open, todo.Expired} {
		f, rules := newFixture(t)
		f.one.State, f.one.ServedAt = from, time.Time{}
		c, err := rules.CloseSigner(t.Context(), "sd", "2026-1", "a")
		if err != nil {
			t.Fatal(err)
		}
		if st := statement(t, c); st.StatementBy != receipt.Registry || st.Decision != receipt.DoneAtWindow || c.AccountID != "" {
			t.Errorf("%s: got %+v", from, st)
		}
		f.one.State = todo.DoneAtWindow
		again, err := rules.CloseSigner(t.Context(), "sd", "2026-1", "a")
		if err != nil || again.ID != c.ID {
			t.Errorf("%s: got %s, %v the second time; want %s", from, again.ID, err, c.ID)
		}
	}
}

func TestCloseSigner_LeavesAPersonsAnswerAlone(t *testing.T) {
	t.Parallel()
	f, rules := newFixture(t)
	f.one.State, f.answer = todo.Declined, &todo.Confirmation{ID: "cfm_1", Decision: todo.DecisionDeclined}
	_, err := rules.CloseSigner(t.Context(), "sd", "2026-1", "a")
	wantCode(t, "declined before", err, todo.CodeAlreadyAnswered)
	for _, ended := range []todo.State{todo.Withdrawn, todo.Superseded} {
		f.one.State = ended
		_, err = rules.CloseSigner(t.Context(), "sd", "2026-1", "a")
		wantCode(t, string(ended), err, todo.CodeWithdrawn)
	}
	if _, err = rules.CloseSigner(t.Context(), "sd", "2026-1", "c"); !errors.Is(err, todo.ErrNotFound) {
		t.Errorf("got %v for an unknown signer", err)
	}
}

func TestCloseSigner_TellsWhatFailed(t *testing.T) {
	t.Parallel()
	for method, from := range map[string]todo.State{
		"Case": todo.Open, "SigningKey": todo.Open, "CloseSigner": todo.Open, "Standing": todo.Confirmed,
	} {
		f, rules := newFixture(t)
		f.one.State, f.fail[method] = from, errStore
		if c, err := rules.CloseSigner(t.Context(), "sd", "2026-1", "a"); !errors.Is(err, errStore) || c.ID != "" || f.limit > 1 {
			t.Errorf("%s: got %q, %v after %d writes", method, c.ID, err, f.limit)
		}
	}
	f, rules := newFixture(t)
	random := rules.Rand
	rules.Rand = &dry{}
	if _, err := rules.CloseSigner(t.Context(), "sd", "2026-1", "a"); !errors.Is(err, errStore) {
		t.Errorf("got %v without randomness", err)
	}
	rules.Rand = random
	f.fail["CloseSigner"] = todo.ErrConflict
	if _, err := rules.CloseSigner(t.Context(), "sd", "2026-1", "a"); !errors.Is(err, todo.ErrConflict) || f.limit < 2 {
		t.Errorf("got %v after %d writes, want it tried again", err, f.limit)
	}
}
