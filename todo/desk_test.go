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

// desk is a store of one todo and its answer. fail maps the name of a method to the error that it returns.
type desk struct {
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

func (d *desk) Case(context.Context, string, string) (todo.Case, error) {
	return todo.Case{Todos: []todo.Todo{d.one, {SignerID: "other"}}}, d.fail["Case"]
}

func (d *desk) CloseSigner(_ context.Context, c todo.Confirmation) error {
	if err := d.fail["CloseSigner"]; err != nil {
		d.limit++
		return err
	}
	d.answer = &c
	return nil
}

func (d *desk) Standing(context.Context, todo.Todo) (todo.Confirmation, error) {
	if err := d.fail["Standing"]; err != nil {
		return todo.Confirmation{}, err
	}
	return *d.answer, nil
}

func (d *desk) ListTodos(_ context.Context, _ todo.Viewer, since, _ time.Time, p todo.Page) ([]todo.Row, error) {
	d.page, d.since = p, since
	rows := make([]todo.Row, 0, len(d.all))
	for _, t := range d.all[:min(len(d.all), p.Limit)] {
		rows = append(rows, todo.Row{
			ID: t.ID, RegistryID: t.RegistryID, SignerName: t.Signer.Name, State: t.State, Headline: t.Headline, OpenedAt: t.OpenedAt, ExpiresAt: t.ExpiresAt,
		})
	}
	return rows, d.fail["ListTodos"]
}

func (d *desk) Todo(context.Context, todo.Viewer, string, time.Time) (todo.Todo, error) {
	return d.one, d.fail["Todo"]
}

func (d *desk) MarkServed(context.Context, todo.Viewer, todo.Todo, time.Time) error {
	d.served++
	return d.fail["MarkServed"]
}

func (d *desk) InsertEvent(_ context.Context, e todo.Event) error {
	d.events = append(d.events, e)
	return d.fail["InsertEvent"]
}

func (d *desk) Ready(context.Context, todo.Viewer, string, string, time.Time) (todo.Readiness, error) {
	if d.unfit {
		return todo.Readiness{Todo: d.one, Consumed: d.consumed}, d.fail["Ready"]
	}
	return todo.Readiness{Todo: d.one, Proof: &d.proof}, d.fail["Ready"]
}

func (d *desk) Access(context.Context, todo.Viewer, time.Time) (receipt.Access, error) {
	return d.proof.Access, d.fail["Access"]
}

func (d *desk) Confirm(_ context.Context, a todo.Answer) error {
	d.written = append(d.written, a)
	return d.fail["Confirm"]
}

func (d *desk) Decline(_ context.Context, a todo.Answer) error {
	d.written = append(d.written, a)
	return d.fail["Decline"]
}

func (d *desk) Answered(context.Context, todo.Viewer, string, todo.Key) (todo.ExistingAnswer, error) {
	if d.answer == nil {
		return todo.ExistingAnswer{}, errors.Join(d.fail["Answered"], todo.ErrNotFound)
	}
	if d.answer.ID == "" && len(d.written) > 0 { // the answer was committed by this call itself
		return todo.ExistingAnswer{Confirmation: d.written[0].Confirmation, SameKey: !d.otherKey}, d.fail["Answered"]
	}
	return todo.ExistingAnswer{Confirmation: *d.answer, SameKey: !d.otherKey}, d.fail["Answered"]
}

func (d *desk) Confirmations(_ context.Context, _ todo.Viewer, p todo.Page, _ time.Time) ([]todo.Confirmation, error) {
	d.page = p
	return d.given[:min(len(d.given), p.Limit)], d.fail["Confirmations"]
}

func (d *desk) Confirmation(context.Context, todo.Viewer, string, time.Time) (todo.Confirmation, error) {
	return todo.Confirmation{ID: "cfm_1"}, d.fail["Confirmation"]
}

func (d *desk) Evidence(_ context.Context, _ todo.EvidenceQuery, at time.Time) (todo.Evidence, error) {
	d.fetched = at
	return d.image, d.fail["Evidence"]
}

func (d *desk) Feed(_ context.Context, _ string, after int64, limit int) ([]todo.Event, error) {
	d.after, d.limit = after, limit
	return []todo.Event{{Position: after + 1}}, d.fail["Feed"]
}

func (d *desk) Redeliver(context.Context, string, string, time.Time) error {
	return d.fail["Redeliver"]
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

// newDesk returns a desk whose todo was opened and shown to viewer one hour ago, and the rules on it.
func newDesk(t *testing.T) (*desk, *todo.Service) {
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
	d := &desk{
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
	return d, todo.New(todo.Deps{
		Cases: d, Todos: d, Answers: d, Records: d, Events: d, Registries: registries{}, Rand: rand.Reader,
		Issuer: "https://example.invalid", Environment: "sandbox", Clock: func() time.Time { return now },
		SigningKey: func(time.Time) (receipt.SigningKey, error) { return key, d.fail["SigningKey"] },
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
