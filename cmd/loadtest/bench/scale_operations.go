package bench

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/retention"
	"renzheng/todo"
)

// operation is what is measured. Run returns what one operation takes, in microseconds,
// Parallel of them at a time.
type operation struct {
	name string
	run  func(ctx context.Context, s *sized, round int) (float64, error)
}

func operations() []operation {
	return []operation{{"list", listRound}, {"detail", detailRound}, {"push", pushRound}, {"confirm", confirmRound}, {"purge", purgeRound}}
}

func (p pace) micros() float64 { return float64(time.Second.Microseconds()) / p.perSecond }

// listRound asks for the lists of random persons.
func listRound(ctx context.Context, s *sized, _ int) (float64, error) {
	return s.read(ctx, func(int) string { return "/v1/todos" })
}

// detailRound asks for a todo of random persons.
func detailRound(ctx context.Context, s *sized, _ int) (float64, error) {
	return s.read(ctx, func(reader int) string { return "/v1/todos/" + s.details[reader] })
}

func (s *sized) read(ctx context.Context, path func(reader int) string) (float64, error) {
	end := time.Now().Add(s.options.ReadTime)
	paced, err := s.side.storm(s.options.Parallel, func() (bool, error) {
		if time.Now().After(end) {
			return false, nil
		}
		reader := rand.IntN(len(s.readers))
		return true, s.side.fire(ctx, shot{method: http.MethodGet, path: path(reader), token: s.readers[reader].token, want: http.StatusOK})
	})
	return paced.micros(), err
}

// pushRound pushes new cases, each with one random signer.
func pushRound(ctx context.Context, s *sized, _ int) (float64, error) {
	first := s.pushed
	s.pushed += s.options.Writes
	var next atomic.Int64
	paced, err := s.side.storm(s.options.Parallel, func() (bool, error) {
		n := int(next.Add(1)) - 1
		if n >= s.options.Writes {
			return false, nil
		}
		d := s.readers[rand.IntN(len(s.readers))].document
		_, err := s.registry.PutCase(ctx, fmt.Sprintf("pushed-%d", first+n), registrytest.Case{
			Revision: 1, Header: sampleHeader(), Items: sampleItems(),
			Signers: []registrytest.Signatory{{SignerID: "S0", Role: "股东", Document: registrytest.Document{
				Type: string(d.Type), Number: d.Number.Reveal(), Name: d.Name.Reveal(),
			}}},
		})
		return true, err
	})
	return paced.micros(), err
}

// confirmRound sends confirmations, each of a todo of its own. Their persons verify themselves just before, because a
// passed verification ends long before the larger databases are filled.
func confirmRound(ctx context.Context, s *sized, round int) (float64, error) {
	measured, err := s.seedConfirmations(ctx, round)
	if err != nil {
		return 0, fmt.Errorf("making the persons who confirm: %w", err)
	}
	shots := make([]shot, len(measured))
	for i, c := range measured {
		if shots[i], err = c.shot(); err != nil {
			return 0, err
		}
	}
	paced, err := s.side.volley(ctx, shots, s.options.Parallel)
	return paced.micros(), err
}

// purgeRound erases answered cases as if they were due, and finds them among those that nobody answered.
func purgeRound(ctx context.Context, s *sized, _ int) (_ float64, err error) {
	o, err := openServices(ctx, s.files, nil)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, o.store.Close()) }()
	const due = copiesWithin / 2 * 24 * time.Hour
	now := time.Now()
	cut := retention.Cut{Class: retention.AnsweredCases, Registry: registryID, Before: now.Add(-due)}
	erased := 0
	for erased < s.options.Writes {
		done, err := o.store.PurgeCut(ctx, cut, now, s.options.Writes)
		if err != nil {
			return 0, err
		}
		if done.Seen == 0 {
			return 0, errors.New("too few cases are due")
		}
		erased += done.Gone
	}
	return float64(time.Since(now).Microseconds()) / float64(erased), nil
}

func sampleHeader() todo.Header {
	return todo.Header{EnterpriseName: "样例沙盒餐饮有限公司（模拟）", BusinessKind: todo.Establishment, Mode: todo.Online, AppliedOn: "2026-11-20"}
}

func sampleItems() []todo.Item {
	return []todo.Item{
		{Label: "注册资本", Value: "壹佰万元人民币"},
		{Label: "住所", Value: "样例市模拟区沙盒路"},
		{Label: "经营范围", Value: "一般项目：模拟业务演示；餐饮管理；会议及展览服务。许可项目：无。"},
	}
}
