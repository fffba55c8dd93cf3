package verification_test

import (
	"context"
	cryptorand "crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// arenaLimits returns small limits, so that short sequences reach each of them.
func arenaLimits() policy.Limits {
	limits, day := policy.DefaultLimits(), 24*time.Hour
	for limit, tries := range map[*policy.Limit]int{
		&limits.Face: 3, &limits.FaceOfSubject: 4, &limits.FaceStarts: 12,
		&limits.BankCard: 2, &limits.Starts: 8, &limits.Consents: 30,
	} {
		*limit = policy.Limit{Tries: tries, Window: day}
	}
	return limits
}

// column returns the values of a query of one column.
func column[T any](ctx context.Context, db *sql.DB, query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var found []T
	for rows.Next() {
		var value T
		if err = rows.Scan(&value); err != nil {
			return nil, err
		}
		found = append(found, value)
	}
	return found, rows.Err()
}

// harness is a database with two replicas, on which sequences are played one after
// another.
type harness struct {
	replicas []*verification.Service
	rows     *store.Store
	raw      *sql.DB // reads the tables directly
	judge    *fakeProvider
	limits   policy.Limits

	mu  sync.Mutex
	now time.Time
}

func newHarness(t *testing.T, dsn string) *harness {
	t.Helper()
	a := &harness{now: storetest.Now(), limits: arenaLimits()}
	a.judge = &fakeProvider{clock: a.clock}
	ring, p, notices, sources := storetest.NewRing(t), defaultPolicy(t), defaultNotices(t), defaultSources(t)
	for range 2 {
		a.rows = storetest.OpenOn(t, dsn, ring)
		a.replicas = append(a.replicas, verification.New(verification.Deps{
			Store: a.rows, Prefills: noPrefills{},
			Faces:     map[string]verification.FaceChecker{"alipay": a.judge},
			BankCards: map[string]verification.BankCardChecker{"tencentcloud": coin{a.judge}},
			Policy:    p, Notices: notices, Limits: a.limits, Sources: sources,
			Clock: a.clock, Rand: cryptorand.Reader, Logger: slog.New(slog.DiscardHandler),
		}))
	}
	driver, source, _ := strings.Cut(dsn, ":")
	if driver == "sqlite" {
		source = "file:" + source + "?_pragma=busy_timeout(5000)"
	}
	raw, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = raw.Close() })
	a.raw = raw
	return a
}

func (a *harness) clock() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.now
}

func (a *harness) pass(d time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.now = a.now.Add(d)
}

// noPrefills is a channel that knows nothing about the owners of its accounts.
type noPrefills struct{}

func (noPrefills) Peek(context.Context, string) (*verification.Prefill, error) {
	return nil, nil
}

func (noPrefills) Take(context.Context, string) (verification.Prefill, error) {
	return verification.Prefill{}, verification.ErrNotFound
}

// coin is a card network that decides at random.
type coin struct{ j *fakeProvider }

func (c coin) CheckBankCard(context.Context, verification.BankCardQuery) (verification.Decision, error) {
	c.j.mu.Lock()
	defer c.j.mu.Unlock()
	if c.j.luck.IntN(2) == 0 {
		return cardDiffers.result, nil
	}
	return cardPasses.result, nil
}

// citizen returns the document of the nth person of an arena, under a name.
func citizen(n int, name string) identity.Document {
	const perDay = 900
	born := time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n/perDay)
	body := fmt.Sprintf("110105%s%03d", born.Format("20060102"), n%perDay)
	check, _ := identity.CheckCharacter(body)
	d, err := identity.ParseDocument(identity.ResidentID, body+string(check), name)
	if err != nil {
		panic(err)
	}
	return d
}

// signIn opens a session of an account.
func (a *harness) signIn(ctx context.Context, account string) (verification.Actor, error) {
	user, id, now := identity.NewChannelUser("app", "open_id", account), "ses_"+cryptorand.Text(), a.clock()
	opened, err := a.rows.OpenSession(ctx, session.NewSession{
		ID: id, TokenHash: sha256.Sum256([]byte(id)), Channel: identity.Alipay, User: user,
		Now: now, IdleUntil: now.Add(session.Absolute), Until: now.Add(session.Absolute),
	})
	if err != nil {
		return verification.Actor{}, err
	}
	return verification.Actor{
		SessionID: opened.ID, AccountID: opened.Account.ID, Channel: "alipay",
	}, nil
}

// consent accepts every notice that access needs.
func (a *harness) consent(ctx context.Context, actor verification.Actor) error {
	refs := references(a.replicas[0].NoticesFor(notice.Query{}))
	_, err := a.replicas[0].AcceptNotices(ctx, actor, refs)
	return err
}

// play plays one sequence and adds its violations.
func (a *harness) play(ctx context.Context, seed uint64, index int, violations *tally) {
	luck := rand.New(rand.NewPCG(seed, uint64(index)))
	a.judge.next(rand.New(rand.NewPCG(seed, uint64(index)+1<<32)))
	s := &sequence{harness: a, index: index, luck: luck, owner: citizen(index, "张三"), began: a.clock().UnixMilli()}
	err := s.run(ctx)
	if err == nil {
		err = errors.Join(s.settle(ctx), s.check(ctx))
	}
	if err != nil {
		violations.add(fmt.Sprintf("seed %d, sequence %d: %s\n%s", seed, index, err, strings.Join(s.trace, "\n")))
	}
}
