package wechat_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"renzheng/providers/kit"
	"renzheng/providers/wechat"
	"renzheng/providers/wechat/wechattest"
	"renzheng/verification"
)

func TestTokens_oneServesAllReplicas(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	var together sync.WaitGroup
	for range 8 {
		replica := w.client(t)
		together.Go(func() {
			if _, err := replica.StartFace(t.Context(), anotherFace(t)); err != nil {
				t.Error(err)
			}
		})
	}
	together.Wait()
	if got := w.server.Calls(callToken); got != 1 {
		t.Errorf("got %d tokens fetched, want 1", got)
	}
}

func TestTokens_areFetchedAnewBeforeTheyExpire(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	for i, step := range []struct {
		wait time.Duration
		want int
	}{{0, 1}, {time.Hour, 1}, {time.Hour - 30*time.Second, 2}, {time.Minute, 2}} {
		w.pass(step.wait)
		if _, err := client.StartFace(t.Context(), anotherFace(t)); err != nil {
			t.Fatal(err)
		}
		if got := w.server.Calls(callToken); got != step.want {
			t.Errorf("step %d: got %d fetched, want %d", i, got, step.want)
		}
	}
}

func TestTokens_oneThatIsNoLongerGoodIsReplacedOnce(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	w.start(t, client)
	w.server.Revoke(appID)
	if _, err := client.StartFace(t.Context(), anotherFace(t)); err != nil {
		t.Errorf("got %v, want the call made again with a fresh token", err)
	}
	if got := w.server.Calls(callToken); got != 2 {
		t.Errorf("got %d tokens fetched, want 2", got)
	}
	if got := w.server.Calls(callVerifyID); got != 3 { // the first call, the rejected one, and its repetition
		t.Errorf("got %d calls, want 3", got)
	}
}

func TestTokens_areForcedWhereTheCurrentOneIsRefused(t *testing.T) {
	t.Parallel()
	for _, code := range []int{40001, 40014, 42001} {
		w := newFixture(t)
		client := w.client(t)
		w.server.Break(callVerifyID, wechattest.Fault{Errcode: code, Times: 1})
		if _, err := client.StartFace(t.Context(), anotherFace(t)); err != nil {
			t.Errorf("%d: got %v", code, err)
		}
		if got := w.server.Calls(callToken); got != 3 { // the first, the same again, a forced one
			t.Errorf("%d: got %d fetched, want 3", code, got)
		}
	}
}

func TestTokens_areNotForcedWithoutEnd(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	w.server.Break(callVerifyID, wechattest.Fault{Errcode: 40001})
	for range 5 {
		_, err := client.StartFace(t.Context(), faceStart(t))
		var failed *kit.CallError
		if !errors.As(err, &failed) || failed.Code != "40001" || !errors.Is(err, verification.ErrNothingDone) {
			t.Fatalf("got %v", err)
		}
	}
	if got := w.server.Calls(callVerifyID); got != 10 {
		t.Errorf("got %d calls, want two each time", got)
	}
	w.server.Mend(callVerifyID)
	if _, err := client.StartFace(t.Context(), faceStart(t)); err != nil {
		t.Errorf("afterwards: got %v", err)
	}
}

func TestTokens_aReplicaThatDiedHoldsNobodyUpForEver(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.config.Timeout = 2 * time.Second // it waits so long for the lease, and a busy machine needs some of it afterwards
	client := w.client(t)
	now := w.clock()
	if ok, err := w.memory.Lease(t.Context(), "wechat_token_"+appID, "dead", now, now.Add(time.Minute)); !ok || err != nil {
		t.Fatalf("got %t, %v", ok, err)
	}
	_, err := client.StartFace(t.Context(), faceStart(t))
	var failed *kit.CallError
	if !errors.As(err, &failed) || failed.Code != "token_wait" || !errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("got %v, want nothing done while another holds the lease", err)
	}
	w.pass(2 * time.Minute)
	if _, err := client.StartFace(t.Context(), faceStart(t)); err != nil {
		t.Errorf("after the lease: got %v", err)
	}
}

func TestTokens_waitForTheReplicaThatFetches(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	now := w.clock()
	if ok, err := w.memory.Lease(t.Context(), "wechat_token_"+appID, "other", now, now.Add(time.Minute)); !ok || err != nil {
		t.Fatalf("got %t, %v", ok, err)
	}
	done := make(chan error)
	go func() { _, err := client.StartFace(t.Context(), faceStart(t)); done <- err }()
	if err := w.memory.Release(t.Context(), "wechat_token_"+appID, "other"); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("got %v", err)
	}
}

func TestTokens_failWithTheirStore(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	broken := errors.New("store is down")
	w.memory.Fail(broken)
	_, err := client.StartFace(t.Context(), faceStart(t))
	if !errors.Is(err, broken) || !errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("got %v, want %v", err, broken)
	}
	w.memory.Fail(nil)
	if _, err = client.StartFace(t.Context(), faceStart(t)); err != nil {
		t.Errorf("afterwards: got %v", err)
	}
}

func TestTokens_takeNoAnswerThatIsNoToken(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{}`, `null`, `{"access_token":"","expires_in":7200}`, `{"access_token":"a b","expires_in":7200}`,
		`{"access_token":"abc"}`, `{"access_token":"abc","expires_in":-1}`, `{"access_token":"abc","expires_in":999999999}`,
		`{"access_token":"abc","expires_in":"7200s"}`, `{"access_token":"abc","expires_in":""}`, `{"access_token":123,"expires_in":7200}`,
	} {
		w := newFixture(t)
		w.server.Break(callToken, wechattest.Fault{Body: []byte(body)})
		if _, err := w.client(t).StartFace(t.Context(), faceStart(t)); !errors.Is(err, verification.ErrNothingDone) {
			t.Errorf("%s: got %v", body, err)
		}
		if got, err := w.memory.Token(t.Context(), appID); err != nil || got != (wechat.Token{}) {
			t.Errorf("%s: a token was stored", body)
		}
	}
}

func TestTokens_areStoredAlthoughTheCallerLeft(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.StartFace(ctx, faceStart(t)); err == nil {
		t.Fatal("got no error")
	}
	if _, err := client.StartFace(t.Context(), faceStart(t)); err != nil {
		t.Errorf("the lease was not given back: %v", err)
	}
}
