package verification_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// sequence is one random order of calls by a few accounts that claim to be the
// same person. That person, the owner, comes at the end.
type sequence struct {
	*harness

	index int
	luck  *rand.Rand
	owner identity.Document
	began int64 // in milliseconds; all rows of earlier sequences are older

	mu       sync.Mutex
	trace    []string
	sessions []*client
	shown    []string // bills whose call a client was given and that nobody showed a face for
}

// client is a session and the last verification and attempt that it began.
type client struct {
	verification.Actor

	mu           sync.Mutex
	verification string
	attempt      string
}

// last returns the ids of the last verification and the last attempt.
func (v *client) last() (verificationID, attempt string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.verification, v.attempt
}

func (v *client) began(verificationID string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.verification = verificationID
}

func (v *client) tried(attempt string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.attempt = attempt
}

// calm reports whether an error is one that the rules may return for a call.
func calm(err error) bool {
	return err == nil || errors.Is(err, verification.ErrConflict) || errors.Is(err, verification.ErrNotFound) ||
		errors.Is(err, verification.ErrConsent) || errors.Is(err, verification.ErrNoGrant) || isExhausted(err)
}

// call is one step of a sequence.
type call struct {
	name string
	do   func(ctx context.Context, on *verification.Service, v *client) error
}

func (s *sequence) calls() []call {
	return []call{
		{"sign in", func(ctx context.Context, _ *verification.Service, _ *client) error { return s.newSession(ctx) }},
		{"log out", func(ctx context.Context, _ *verification.Service, v *client) error {
			return s.rows.CloseSession(ctx, v.SessionID, s.clock())
		}},
		{"accept notices", func(ctx context.Context, _ *verification.Service, v *client) error { return s.consent(ctx, v.Actor) }},
		{"withdraw a consent", s.withdraw},
		{"start", s.start},
		{"start", s.start},
		{"start a face", s.startFace},
		{"start a face", s.startFace},
		{"start a face", s.startFace},
		{"finish the face", func(ctx context.Context, on *verification.Service, v *client) error {
			id, attempt := v.last()
			_, _, err := on.FinishFace(ctx, v.Actor, id, attempt)
			return err
		}},
		{"show a face", func(context.Context, *verification.Service, *client) error {
			s.show(verification.OutcomeFailed)
			return nil
		}},
		{"show a face", func(context.Context, *verification.Service, *client) error {
			s.show(verification.OutcomeFailed)
			return nil
		}},
		{"show the right face", func(context.Context, *verification.Service, *client) error {
			s.show(verification.OutcomePassed)
			return nil
		}},
		{"leave the face", func(context.Context, *verification.Service, *client) error {
			s.leave()
			return nil
		}},
		{"bank card", s.bankCard},
		{"accept", func(ctx context.Context, on *verification.Service, v *client) error {
			id, _ := v.last()
			_, err := on.Accept(ctx, v.Actor, id)
			return err
		}},
		{"void", func(ctx context.Context, on *verification.Service, v *client) error {
			id, _ := v.last()
			return on.Void(ctx, v.Actor, id)
		}},
		{"reconcile", func(ctx context.Context, on *verification.Service, _ *client) error {
			_, err := on.Reconcile(ctx)
			return err
		}},
		{"expire", func(ctx context.Context, on *verification.Service, _ *client) error {
			_, err := on.Expire(ctx)
			return err
		}},
		{"a change of mood", func(context.Context, *verification.Service, *client) error {
			s.judge.mood(s.luckOf(2) == 0)
			return nil
		}},
		{"time passes", func(context.Context, *verification.Service, *client) error {
			s.pass([]time.Duration{time.Second, 2 * time.Minute, 11 * time.Minute, 31 * time.Minute, time.Hour}[s.luckOf(5)])
			return nil
		}},
	}
}

// run plays random calls, sometimes two at once.
func (s *sequence) run(ctx context.Context) error {
	if err := s.newSession(ctx); err != nil {
		return err
	}
	for range 6 + s.luck.IntN(20) {
		var together sync.WaitGroup
		errs := make([]error, 1+s.luckOf(4)/3)
		for i := range errs {
			all := s.calls()
			c, on, v := all[s.luckOf(len(all))], s.luckOf(2), s.someone()
			s.note(fmt.Sprintf("%s, replica %d, %s", c.name, on, v.AccountID))
			together.Go(func() {
				if err := c.do(ctx, s.replicas[on], v); !calm(err) {
					errs[i] = fmt.Errorf("%s: %w", c.name, err)
				}
			})
		}
		together.Wait()
		if err := errors.Join(errs...); err != nil {
			return err
		}
	}
	return nil
}

func (s *sequence) luckOf(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.luck.IntN(n)
}

func (s *sequence) note(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trace = append(s.trace, line)
}

func (s *sequence) someone() *client {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions[s.luck.IntN(len(s.sessions))]
}

// strangers is the number of accounts in a sequence.
const strangers = 3

func (s *sequence) newSession(ctx context.Context) error {
	actor, err := s.signIn(ctx, fmt.Sprintf("stranger-%d-%d", s.index, s.luckOf(strangers)))
	if err != nil {
		return err
	}
	v := &client{Actor: actor}
	s.mu.Lock()
	s.sessions = append(s.sessions, v)
	s.mu.Unlock()
	if err = s.consent(ctx, actor); !calm(err) {
		return err
	}
	if err = s.start(ctx, s.replicas[0], v); !calm(err) {
		return err
	}
	return nil
}

func (s *sequence) start(ctx context.Context, on *verification.Service, v *client) error {
	d := citizen(s.index, []string{"张三", "李四"}[s.luckOf(2)])
	view, err := on.Start(ctx, v.Actor, verification.StartRequest{Purpose: policy.Access, Document: &d})
	if err != nil {
		return err
	}
	v.began(view.ID)
	return nil
}

func (s *sequence) startFace(ctx context.Context, on *verification.Service, v *client) error {
	id, _ := v.last()
	_, attempt, err := on.StartFace(ctx, v.Actor, id)
	if err != nil {
		return err
	}
	v.tried(attempt.ID)
	s.mu.Lock()
	defer s.mu.Unlock()
	if attempt.Call != nil {
		s.shown = append(s.shown, attempt.Call.CertifyID)
	}
	return nil
}

// leave leaves the page of a random call that a client was given. A face may still
// be shown for it later.
func (s *sequence) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.shown) > 0 {
		s.judge.leave(s.shown[s.luck.IntN(len(s.shown))])
	}
}

// show shows a face for a random call that a client was given.
func (s *sequence) show(outcome verification.Outcome) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.shown) == 0 {
		return
	}
	n := s.luck.IntN(len(s.shown))
	s.judge.show(s.shown[n], outcome)
	s.shown = slices.Delete(s.shown, n, n+1)
}

func (s *sequence) bankCard(ctx context.Context, on *verification.Service, v *client) error {
	card, err := identity.ParseBankCard(fmt.Sprintf("62220212%08d", s.index))
	if err != nil {
		return err
	}
	id, _ := v.last()
	_, _, err = on.CheckBankCard(ctx, v.Actor, id, verification.BankCardRequest{Card: card})
	return err
}

func (s *sequence) withdraw(ctx context.Context, on *verification.Service, v *client) error {
	live, err := on.ListConsents(ctx, v.Actor)
	if err != nil || len(live) == 0 {
		return err
	}
	_, err = on.WithdrawConsent(ctx, v.Actor, live[s.luckOf(len(live))].ID)
	return err
}
