package support_test

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/sql/storetest"
	"renzheng/support"
)

// fixture is support on real rows, with an account that says what it is told.
type fixture struct {
	service *support.Service
	account string // of the mini-program, who opens tickets

	mu      sync.Mutex
	now     time.Time
	message support.Message
	refused error
	slow    time.Duration // how long a push takes to arrive
	made    int           // QR codes
	broken  error         // of the next QR code
}

func newFixture(t *testing.T, change func(*support.Deps)) *fixture {
	t.Helper()
	rows := storetest.Open(t)
	w := &fixture{now: storetest.Now()}
	opened, err := rows.OpenSession(t.Context(), session.NewSession{
		ID: "ses_1", Channel: identity.Alipay, User: identity.NewChannelUser("app", "open_id", "zhang"),
		Now: w.now, IdleUntil: w.now.Add(time.Hour), Until: w.now.Add(time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.account = opened.Account.ID
	d := support.Deps{
		Tickets: rows, Dialog: rows, Codes: rows, Account: w, FAQ: faq(t), Name: "你呼我应", Clock: w.clock, Rand: rand.Reader,
	}
	if change != nil {
		change(&d)
	}
	w.service = support.New(d)
	return w
}

func (w *fixture) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *fixture) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// says sends a message and returns the text of its answer.
func (w *fixture) says(t *testing.T, m support.Message) string {
	t.Helper()
	got, err := w.sends(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (w *fixture) sends(ctx context.Context, m support.Message) (string, error) {
	if m.ID == "" {
		m.ID = rand.Text()
	}
	m.Person, m.At = identity.NewSecret("oServ-1"), w.clock()
	w.message = m
	got, err := w.service.Answer(ctx, url.Values{}, strings.NewReader(""))
	return string(got), err
}

func (w *fixture) ticket(t *testing.T, failure, language string) support.Ticket {
	t.Helper()
	got, err := w.service.Open(t.Context(), w.account, support.Context{Channel: "alipay", Failure: failure, Language: language})
	if err != nil {
		t.Fatal(err)
	}
	return got.Ticket
}

var _ support.OfficialAccount = (*fixture)(nil)

func (*fixture) Echo(url.Values) (string, error) { return "", support.ErrPushRejected }

func (w *fixture) Receive(context.Context, url.Values, io.Reader) (support.Message, error) {
	w.pass(w.slow)
	return w.message, w.refused
}

func (*fixture) Reply(_ support.Message, text string) ([]byte, error) {
	if text == "" || len(text) > support.LongestReply || strings.ToValidUTF8(text, "") != text {
		return nil, errors.New("WeChat does not take this text")
	}
	return []byte(text), nil
}

func (*fixture) Transfer(support.Message) ([]byte, error) { return []byte("transfer"), nil }

func (w *fixture) QRCode(_ context.Context, scene string, life time.Duration) (support.QRCode, error) {
	w.made++
	return support.QRCode{Picture: []byte(scene), ExpiresAt: w.clock().Add(life)}, w.broken
}
