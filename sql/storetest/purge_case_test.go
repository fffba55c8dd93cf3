package storetest_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/retention"
	"renzheng/todo"
)

// confirmed returns the answer of a person who confirmed a new case.
func (f *todoFixture) confirmed(t *testing.T, d identity.Document) (todo.Viewer, todo.Confirmation) {
	t.Helper()
	v, r := f.ready(t, d)
	result := must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), v, r))
	return v, result.Confirmation
}

// count counts rows.
func (f *todoFixture) count(t *testing.T, query string, args ...any) int {
	t.Helper()
	return (&fixture{t: t, dsn: f.dsn}).count(t, query, args...)
}

// past moves the clock to a number of days after the beginning, and purges.
func (f *todoFixture) past(t *testing.T, days int) map[retention.Class]int {
	t.Helper()
	f.later.Store(int64(days) * int64(day))
	for _, work := range f.workers() {
		must[int](t)(work(t.Context()))
	}
	return f.purge(t)
}

func wantRejected(t *testing.T, err error, code string) {
	t.Helper()
	if rejected, ok := errors.AsType[*todo.RejectedError](err); !ok || rejected.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestPurge_ErasesTheContentOfAnAnsweredCase(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		_, c := f.confirmed(t, f.document(t, "张三"))
		f.past(t, 1094)
		if e := must[todo.Evidence](t)(f.rules[0].GetEvidence(t.Context(), answerOf(c))); len(e.Confirmation.Openings) == 0 {
			t.Error("the content went before its time")
		}
		if gone := f.past(t, 1096); gone[retention.AnsweredCases] != 1 {
			t.Errorf("got %v, want the case erased", gone)
		}
		_, err := f.rules[0].GetEvidence(t.Context(), answerOf(c))
		wantRejected(t, err, todo.CodeEvidenceErased)
		if rejected, ok := errors.AsType[*todo.RejectedError](err); ok && rejected.Confirmation.Receipt != c.Receipt {
			t.Errorf("got receipt %q, want %q", rejected.Confirmation.Receipt, c.Receipt)
		}
		f.wantNothingOf(t, c)
	})
}

// wantNothingOf requires that nothing personal is left of the case of an answer, its only one.
func (f *todoFixture) wantNothingOf(t *testing.T, c todo.Confirmation) {
	t.Helper()
	for what, query := range map[string]string{
		"data key":        "SELECT COUNT(*) FROM data_keys WHERE owner_id = ?",
		"todo's content":  "SELECT COUNT(*) FROM todos WHERE case_row = ? AND LENGTH(signer_cipher) + LENGTH(headline_cipher) + LENGTH(content_cipher) + LENGTH(salt_cipher) > 0",
		"answer's values": "SELECT COUNT(*) FROM confirmations WHERE case_row = ? AND (LENGTH(openings_cipher) > 0 OR strokes_cipher IS NOT NULL)",
		"event":           "SELECT COUNT(*) FROM events WHERE case_row = ?",
		"message":         "SELECT COUNT(*) FROM notification_messages WHERE case_row = ?",
		"push salt":       "SELECT COUNT(*) FROM cases WHERE id = ? AND LENGTH(push_salt_cipher) > 0",
	} {
		if n := f.count(t, query, c.CaseRow); n > 0 {
			t.Errorf("%d rows with a %s are left", n, what)
		}
	}
	if n := f.count(t, "SELECT COUNT(*) FROM strokes_used"); n > 0 {
		t.Errorf("%d hashes of handwritings are left", n)
	}
	if n := f.count(t, "SELECT COUNT(*) FROM confirmations WHERE id = ? AND receipt = ?", c.ID, c.Receipt); n != 1 {
		t.Error("the receipt is gone")
	}
}

func TestPurge_AnErasedCaseTakesNoMoreCalls(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		d := f.document(t, "张三")
		v, c := f.confirmed(t, d)
		if err := f.replicas[0].EraseCase(t.Context(), c.CaseRow, f.now()); err != nil {
			t.Fatal(err)
		}
		if err := f.replicas[1].EraseCase(t.Context(), c.CaseRow, f.now()); err != nil {
			t.Errorf("a repetition: %v", err)
		}
		_, err := f.rules[0].Push(t.Context(), push(c.CaseID, 2, d))
		wantRejected(t, err, todo.CodeCaseErased)
		_, err = f.rules[0].GetCase(t.Context(), "sd", c.CaseID)
		wantRejected(t, err, todo.CodeCaseErased)
		wantRejected(t, f.rules[0].WithdrawCase(t.Context(), "sd", c.CaseID), todo.CodeCaseErased)
		_, err = f.rules[0].CloseSigner(t.Context(), "sd", c.CaseID, "s0")
		wantRejected(t, err, todo.CodeCaseErased)
		_, err = f.rules[0].Invite(t.Context(), "sd", c.CaseID, "s0")
		wantRejected(t, err, todo.CodeCaseErased)
		if list := must[todo.CaseListing](t)(f.rules[0].ListCases(t.Context(), todo.CaseQuery{RegistryID: "sd"})); len(list.Cases) != 0 {
			t.Errorf("got %d cases in the list, want none", len(list.Cases))
		}
		for _, got := range append(must[todo.Records](t)(f.rules[0].ListConfirmations(t.Context(), v, todo.Page{})).Rows,
			must[todo.Confirmation](t)(f.rules[0].GetConfirmation(t.Context(), v, c.ID))) {
			if !got.Erased || got.Receipt != c.Receipt || got.Headline != (todo.Headline{}) || got.Openings != nil {
				t.Errorf("got %+v, want ids and receipt alone", got)
			}
		}
		if rows := must[todo.Listing](t)(f.rules[0].List(t.Context(), v, todo.Page{})).Rows; len(rows) != 0 {
			t.Errorf("got %d todos in the list, want none", len(rows))
		}
	})
}

func TestPurge_DeletesACaseThatNobodyAnswered(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		d := f.document(t, "张三")
		opened := f.open(t, d)[0]
		f.past(t, 371)
		if n := f.count(t, "SELECT COUNT(*) FROM todos"); n != 1 {
			t.Errorf("got %d todos within a year of the end, want 1", n)
		}
		f.past(t, 373)
		for _, table := range []string{"cases", "todos", "case_ends", "subjects", "subject_keys", "data_keys", "events"} {
			if n := f.count(t, "SELECT COUNT(*) FROM "+table); n != 0 {
				t.Errorf("%d rows of %s are left", n, table)
			}
		}
		again := must[todo.PushResult](t)(f.rules[0].Push(t.Context(), push(opened.CaseID, 1, d)))
		if !again.Created {
			t.Error("the same id is not a new case")
		}
	})
}

func TestPurge_CountsFromTheLastAnswerOrRevision(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		d := f.document(t, "张三")
		_, c := f.confirmed(t, d)
		f.past(t, 800)
		must[todo.PushResult](t)(f.rules[0].Push(t.Context(), push(c.CaseID, 2, d, f.document(t, "李四"))))
		if gone := f.past(t, 1800); gone[retention.AnsweredCases] != 0 {
			t.Error("the case went although it was revised a thousand days ago")
		}
		if gone := f.past(t, 1900); gone[retention.AnsweredCases] != 1 {
			t.Errorf("got %v, want the case erased three years after its revision", gone)
		}
		f.wantNothingOf(t, c)
	})
}

func TestPurge_FollowsThePeriodOfTheRegistry(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		d := f.document(t, "张三")
		p := push("case-gd", 1, d)
		p.RegistryID = "gd"
		must[todo.PushResult](t)(f.rules[0].Push(t.Context(), p))
		must[todo.Confirmation](t)(f.rules[0].CloseSigner(t.Context(), "gd", "case-gd", "s0"))
		if gone := f.past(t, 3649); gone[retention.AnsweredCases] != 0 {
			t.Error("the case went before the end of its registry's period")
		}
		if gone := f.past(t, 3651); gone[retention.AnsweredCases] != 1 {
			t.Errorf("got %v, want the case erased", gone)
		}
	})
}

func TestPurge_KeepsTheOtherCasesOfAPerson(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		d := f.document(t, "张三")
		_, old := f.confirmed(t, d)
		f.past(t, 600)
		_, recent := f.confirmed(t, d)
		f.past(t, 1200)
		if !f.erased(t, old) || f.erased(t, recent) {
			t.Errorf("got the old case erased %t and the recent one %t, want only the old one", f.erased(t, old), f.erased(t, recent))
		}
		f.past(t, 1800)
		if !f.erased(t, recent) {
			t.Error("the recent case was not erased in its time")
		}
		if n := f.count(t, "SELECT COUNT(*) FROM subjects WHERE LENGTH(document_cipher) > 0"); n != 0 {
			t.Error("the person is still known")
		}
	})
}

// erased reports whether the content of an answer has been erased.
func (f *todoFixture) erased(t *testing.T, c todo.Confirmation) bool {
	t.Helper()
	return f.count(t, "SELECT COUNT(*) FROM confirmations WHERE id = ? AND LENGTH(openings_cipher) = 0", c.ID) == 1
}

// A purge that stopped anywhere is finished by the next one, and two at once disturb neither each other nor new answers.
func TestPurge_ReplicasShareTheWork(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		var answers []todo.Confirmation
		for n := range 6 {
			_, c := f.confirmed(t, f.document(t, "张"+strings.Repeat("三", n+1)))
			answers = append(answers, c)
		}
		f.later.Store(1100 * int64(day))
		problems := make(chan error, len(f.replicas))
		for _, replica := range f.replicas {
			go func() {
				service, more := retaining(replica, f.now, nil), 1
				var err error
				for ; more > 0 && err == nil; more, err = service.Purge(t.Context()) {
				}
				problems <- err
			}()
		}
		for range f.replicas {
			if err := <-problems; err != nil {
				t.Error(err)
			}
		}
		f.purge(t)
		for _, c := range answers {
			f.wantNothingOf(t, c)
		}
	})
}

func TestPurge_StopsAndGoesOn(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		const most = 2
		for range 5 {
			f.confirmed(t, f.document(t, "张三"))
		}
		f.later.Store(1100 * int64(day))
		cut := retention.Cut{Class: retention.AnsweredCases, Registry: "sd", Before: f.now().Add(-1095 * day)}
		for _, want := range []int{2, 2, 1, 0} {
			done, err := f.replicas[0].PurgeCut(t.Context(), cut, f.now(), most)
			if err != nil || done.Gone > most {
				t.Fatalf("got %+v, %v, want at most %d", done, err, most)
			}
			if due := must[retention.Due](t)(f.replicas[1].CountCut(t.Context(), cut, 10)); done.Gone != want {
				t.Errorf("got %d erased and %d left, want %d erased", done.Gone, due.Rows, want)
			}
		}
	})
}

// workers returns what runs without a request, without the purge.
func (f *todoFixture) workers() []func(context.Context) (int, error) {
	rules := f.rules[0]
	return []func(context.Context) (int, error){
		rules.Expire, rules.AnnouncePortraits, rules.Sequence,
		func(ctx context.Context) (int, error) { return rules.Deliver(ctx, "sd") },
		func(ctx context.Context) (int, error) { return rules.Deliver(ctx, "gd") },
	}
}
