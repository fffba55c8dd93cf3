package todo_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/receipt"
	"renzheng/todo"
)

// errStore is the error of a store that fails.
var errStore = errors.New("the store is away")

// fixture is a store of one todo and its answer. fail maps the name of a method to the error that it returns.
type fixture struct {
	todo.CaseStore
	todo.TodoStore
	todo.AnswerStore
	todo.RecordStore
	todo.EventStore

	one                       todo.Todo
	proof                     todo.Proof
	unfit, consumed, otherKey bool               // of the verification; of the key of answer
	answer                    *todo.Confirmation // the answer that the todo has
	fail                      map[string]error
	all                       []todo.Todo         // of the list
	given                     []todo.Confirmation // of the records
	image                     todo.Evidence

	served  int
	written []todo.Answer
	events  []todo.Event
	page    todo.Page
	since   time.Time
	after   int64
	limit   int
	fetched time.Time
}

func (f *fixture) Case(context.Context, string, string) (todo.Case, error) {
	return todo.Case{Todos: []todo.Todo{f.one, {SignerID: "other"}}}, f.fail["Case"]
}

func (f *fixture) CloseSigner(_ context.Context, c todo.Confirmation) error {
	if err := f.fail["CloseSigner"]; err != nil {
		f.limit++
		return err
	}
	f.answer = &c
	return nil
}

func (f *fixture) Standing(context.Context, todo.Todo) (todo.Confirmation, error) {
	if err := f.fail["Standing"]; err != nil {
		return todo.Confirmation{}, err
	}
	return *f.answer, nil
}

func (f *fixture) ListTodos(_ context.Context, _ todo.Viewer, since, _ time.Time, p todo.Page) ([]todo.Row, error) {
	f.page, f.since = p, since
	rows := make([]todo.Row, 0, len(f.all))
	for _, t := range f.all[:min(len(f.all), p.Limit)] {
		rows = append(rows, todo.Row{
			ID: t.ID, RegistryID: t.RegistryID, SignerName: t.Signer.Name, State: t.State, Headline: t.Headline, OpenedAt: t.OpenedAt, ExpiresAt: t.ExpiresAt,
		})
	}
	return rows, f.fail["ListTodos"]
}

func (f *fixture) Todo(context.Context, todo.Viewer, string, time.Time) (todo.Todo, error) {
	return f.one, f.fail["Todo"]
}

func (f *fixture) MarkServed(context.Context, todo.Viewer, todo.Todo, time.Time) error {
	f.served++
	return f.fail["MarkServed"]
}

func (f *fixture) InsertEvent(_ context.Context, e todo.Event) error {
	f.events = append(f.events, e)
	return f.fail["InsertEvent"]
}

func (f *fixture) Ready(context.Context, todo.Viewer, string, string, time.Time) (todo.Readiness, error) {
	if f.unfit {
		return todo.Readiness{Todo: f.one, Consumed: f.consumed}, f.fail["Ready"]
	}
	return todo.Readiness{Todo: f.one, Proof: &f.proof}, f.fail["Ready"]
}

func (f *fixture) Access(context.Context, todo.Viewer, time.Time) (receipt.Access, error) {
	return f.proof.Access, f.fail["Access"]
}

func (f *fixture) Confirm(_ context.Context, a todo.Answer) error {
	f.written = append(f.written, a)
	return f.fail["Confirm"]
}

func (f *fixture) Decline(_ context.Context, a todo.Answer) error {
	f.written = append(f.written, a)
	return f.fail["Decline"]
}

func (f *fixture) Answered(context.Context, todo.Viewer, string, todo.Key) (todo.ExistingAnswer, error) {
	if f.answer == nil {
		return todo.ExistingAnswer{}, errors.Join(f.fail["Answered"], todo.ErrNotFound)
	}
	if f.answer.ID == "" && len(f.written) > 0 { // the answer was committed by this call itself
		return todo.ExistingAnswer{Confirmation: f.written[0].Confirmation, SameKey: !f.otherKey}, f.fail["Answered"]
	}
	return todo.ExistingAnswer{Confirmation: *f.answer, SameKey: !f.otherKey}, f.fail["Answered"]
}

func (f *fixture) Confirmations(_ context.Context, _ todo.Viewer, p todo.Page, _ time.Time) ([]todo.Confirmation, error) {
	f.page = p
	return f.given[:min(len(f.given), p.Limit)], f.fail["Confirmations"]
}

func (f *fixture) Confirmation(context.Context, todo.Viewer, string, time.Time) (todo.Confirmation, error) {
	return todo.Confirmation{ID: "cfm_1"}, f.fail["Confirmation"]
}

func (f *fixture) Evidence(_ context.Context, _ todo.EvidenceQuery, at time.Time) (todo.Evidence, error) {
	f.fetched = at
	return f.image, f.fail["Evidence"]
}

func (f *fixture) Feed(_ context.Context, _ string, after int64, limit int) ([]todo.Event, error) {
	f.after, f.limit = after, limit
	return []todo.Event{{Position: after + 1}}, f.fail["Feed"]
}

func (f *fixture) Redeliver(context.Context, string, string, time.Time) error {
	return f.fail["Redeliver"]
}

// signingKey returns a key that is valid at the time.
func signingKey(t *testing.T) receipt.SigningKey {
	t.Helper()
	file, err := keyring.Generate(noon())
	if err != nil {
		t.Fatal(err)
	}
	ring, err := keyring.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ring.SigningKey(noon().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return receipt.SigningKey(key)
}

// newFixture returns a fixture whose todo was opened and shown to viewer one hour ago, and the rules on it.
func newFixture(t *testing.T) (*fixture, *todo.Service) {
	t.Helper()
	salt, err := receipt.NewSalt(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	content := todo.Content{RegistryID: "sd", SignerID: "a"}
	digest, err := receipt.Commit(todo.ContentDomain, salt, content)
	if err != nil {
		t.Fatal(err)
	}
	now := noon().Add(time.Hour)
	f := &fixture{
		fail: map[string]error{},
		one: todo.Todo{
			ID: "tod_1", RegistryID: "sd", CaseID: "2026-1", SignerID: "a", SubjectID: "sub_1", Signer: document(t), Revision: 1,
			State: todo.Open, Content: content, ContentSalt: salt, ContentDigest: string(digest),
			OpenedAt: noon(), ExpiresAt: noon().Add(todo.Window), ServedAt: noon().UTC(),
		},
		proof: todo.Proof{
			VerificationID: "ver_1", PolicyDigest: string(digest), FacePassedAt: now,
			Checks: []receipt.Check{{Kind: "face", Provider: "alipay", Level: "l", AttemptID: "att_1", PassedAt: now}},
			Access: receipt.Access{AcceptedAt: now, Verification: receipt.Verification{
				ID: "ver_0", PolicyDigest: string(digest), Checks: []receipt.Check{
					{Kind: "face", Provider: "alipay", Level: "l", AttemptID: "att_0", PassedAt: now},
					{Kind: "bank_card", Provider: "tencentcloud", Level: "l", AttemptID: "att_00", PassedAt: now},
				},
			}},
			Consents: []receipt.Consent{{Kind: "face", NoticeHash: string(digest), AcceptedAt: now}},
		},
	}
	key := signingKey(t)
	return f, todo.New(todo.Deps{
		Cases: f, Todos: f, Answers: f, Records: f, Events: f, Registries: registries{}, Rand: rand.Reader,
		Issuer: "https://example.invalid", Environment: "sandbox", Clock: func() time.Time { return now },
		SigningKey: func(time.Time) (receipt.SigningKey, error) { return key, f.fail["SigningKey"] },
	})
}

// viewer returns the person of document.
func viewer(t *testing.T) todo.Viewer {
	t.Helper()
	return todo.Viewer{SessionID: "ses_1", AccountID: "acc_1", SubjectID: "sub_1", Name: document(t).Name}
}

// otherName returns document with another name.
func otherName(t *testing.T) identity.Document {
	t.Helper()
	d, err := identity.ParseDocument(identity.ResidentID, "11010519491231002X", "李四")
	if err != nil {
		t.Fatal(err)
	}
	return d
}
