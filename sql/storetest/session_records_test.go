package storetest_test

import (
	"strconv"
	"testing"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/sql/storetest"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// A session lists the answers that it gave itself after its grant's time. Whatever else ends the grant ends that too.
func TestSessionRecords_OutliveOnlyTheTimeOfTheGrant(t *testing.T) {
	t.Parallel()
	listed := map[string]int{"its time": 1, "a new grant": 1}
	for _, engine := range storetest.Engines(t) {
		for _, how := range grantEnds() {
			t.Run(engine.Name+"/"+how, func(t *testing.T) {
				t.Parallel()
				f := newTodoFixture(t, engine)
				person := f.document(t, "李四")
				opened := f.open(t, person, person)
				v := f.regrant(t, f.signIn(t, person), person, shortGrant)
				for _, o := range opened { // one confirmed, one declined
					shown := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, o.ID))
					if o.ID == opened[0].ID {
						must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), v, f.yes(t, v, shown)))
						continue
					}
					must[todo.AnswerResult](t)(f.rules[0].DeclineTodo(t.Context(), v, todo.DeclineRequest{
						TodoID: shown.ID, Revision: shown.Revision, ContentDigest: shown.ContentDigest, Reason: todo.NotMine,
						Key: key("decline", "call "+shown.ID),
					}))
				}
				f.wantListed(t, "under the grant", v, len(opened))
				v = f.end(t, how, v, person)
				f.wantListed(t, "after its end by "+how, v, len(opened)*listed[how])
			})
		}
	}
}

func TestSessionRecords_AreOfThatSessionAndPersonAlone(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			person, other := f.document(t, "李四"), f.document(t, "王五")
			v, r := f.ready(t, person)
			must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), v, r))
			f.wantListed(t, "of the session", v, 1)

			later := v
			later.SessionID = f.login(t, strconv.Itoa(f.next()), "user "+v.SessionID[len("ses_"):]).ID
			f.wantListed(t, "of a later session of the account", later, 0)
			f.wantListed(t, "of a later session of the person", f.regrant(t, later, person, session.Absolute), 0)
			f.wantListed(t, "of the person in another account", f.signIn(t, person), 0)
			forged := v
			forged.AccountID = f.signIn(t, other).AccountID
			f.wantListed(t, "of another account", forged, 0)
			f.wantListed(t, "after another person in that session", f.regrant(t, v, other, session.Absolute), 0)
		})
	}
}

// The next person at the same device need not pass: their start ends the list.
func TestSessionRecords_EndWhenAnotherPersonBegins(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			person, other := f.document(t, "李四"), f.document(t, "王五")
			v, r := f.ready(t, person)
			must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), v, r))
			begins := func(by todo.Viewer, d identity.Document) {
				f.begin(t, verification.Verification{
					ID: id("ver_"), AccountID: by.AccountID, SessionID: by.SessionID, Purpose: policy.Access, Channel: "alipay",
					State: verification.Open, Document: d,
				})
			}
			begins(v, person)
			f.wantListed(t, "after the same person began again", v, 1)
			begins(f.signIn(t, other), other)
			f.wantListed(t, "after another person began elsewhere", v, 1)
			begins(v, other)
			f.wantListed(t, "after another person began", v, 0)
		})
	}
}

func (f *todoFixture) wantListed(t *testing.T, what string, v todo.Viewer, want int) {
	t.Helper()
	got := must[[]todo.Confirmation](t)(f.replicas[1].SessionConfirmations(t.Context(), v))
	if len(got) != want {
		t.Errorf("got %d answers %s, want %d", len(got), what, want)
	}
}
