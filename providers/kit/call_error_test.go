package kit_test

import (
	"context"
	"errors"
	"testing"

	"renzheng/providers/kit"
)

func TestCallError_SaysWhatHappened(t *testing.T) {
	t.Parallel()
	kind := errors.New("nothing done")
	for name, c := range map[string]struct {
		err         *kit.CallError
		code        string
		state       kit.Health
		nothingDone bool
		is          error
	}{
		"a query that cannot be asked":        {kit.NotAsked("p", "c"), kit.CodeNotAsked, kit.Silent, true, nil},
		"no connection":                       {kit.NotAnswered("p", "c", 0, kit.ErrNotSent), kit.CodeNotSent, kit.Failing, true, nil},
		"a caller that had left":              {kit.NotAnswered("p", "c", 0, errors.Join(kit.ErrNotSent, context.Canceled)), kit.CodeNotSent, kit.Silent, true, context.Canceled},
		"a caller that leaves":                {kit.NotAnswered("p", "c", 0, kit.ErrCancelled), kit.CodeCancelled, kit.Silent, false, context.Canceled},
		"no answer in time":                   {kit.NotAnswered("p", "c", 0, kit.ErrTimeout), kit.CodeTimeout, kit.Failing, false, context.DeadlineExceeded},
		"a broken connection":                 {kit.NotAnswered("p", "c", 200, kit.ErrBroken), kit.CodeBroken, kit.Failing, false, nil},
		"an answer that is too long":          {kit.NotAnswered("p", "c", 200, kit.ErrTooLong), kit.CodeTooLong, kit.Failing, false, nil},
		"a status that is not used":           {kit.Unreadable("p", "c", 502), kit.CodeStatus, kit.Failing, false, nil},
		"an answer that is not understood":    {kit.Unreadable("p", "c", 200), kit.CodeUnreadable, kit.Failing, false, nil},
		"a rejection by a provider at work":   {&kit.CallError{Code: "1", State: kit.Healthy, NoEffect: true}, "1", kit.Healthy, true, nil},
		"a rejection that leaves it in doubt": {&kit.CallError{Code: "2", State: kit.Failing}, "2", kit.Failing, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := c.err.IfNoEffect(kind)
			if err.Code != c.code || errors.Is(err, kind) != c.nothingDone || c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("got %v of kinds %v, want code %s, nothing done %t and %v", err, err.Unwrap(), c.code, c.nothingDone, c.is)
			}
			if healthy, ok := err.Health(); healthy != (c.state == kit.Healthy) || ok != (c.state != kit.Silent) {
				t.Errorf("got health %t, %t, want %d", healthy, ok, c.state)
			}
		})
	}
}

func TestCallError_TextHasTheFieldsThatAreSet(t *testing.T) {
	t.Parallel()
	err := &kit.CallError{Provider: "alipay", Call: "query", Code: "40004"}
	if got, want := err.Error(), "alipay query: code 40004"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	err.SubCode, err.Status, err.RequestID = "UNKNOWN", 200, "abc"
	if got, want := err.Error(), "alipay query: code 40004, sub code UNKNOWN, status 200, request id abc"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
