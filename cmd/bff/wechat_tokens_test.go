package main

import (
	"sync"
	"testing"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/test/people"
	"renzheng/verification"
)

// Of many replicas that need WeChat's access token at once one fetches it, and
// all of them use it.
func TestWeChatTokens_OneReplicaFetches(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			sandbox, err := harness.New(t.Context(), harness.Options{Data: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = sandbox.Close() })
			c, err := settingsOf(t, sandbox.Settings.With(harness.Settings{"BFF_LISTEN": "127.0.0.1:8080"}))
			if err != nil {
				t.Fatal(err)
			}
			dsn, ring := engine.New(t), storetest.NewRing(t)
			begin := beginners(t, c, dsn, ring)
			var racing sync.WaitGroup
			for _, one := range begin {
				racing.Go(one)
			}
			racing.Wait()
			if n := sandbox.WeChat.Calls("cgi-bin/stable_token"); n != 1 {
				t.Errorf("the token was fetched %d times, want once", n)
			}
			if n := sandbox.WeChat.Calls("cityservice/face/identify/getverifyid"); n != len(begin) {
				t.Errorf("got %d faces begun, want %d", n, len(begin))
			}
		})
	}
}

// beginners returns replicas that each begin a face check of somebody.
func beginners(t *testing.T, c *config.Config, dsn string, ring *keyring.Keyring) []func() {
	t.Helper()
	var begin []func()
	for i := range 4 {
		third, err := openThirdParties(c, storetest.OpenOn(t, dsn, ring))
		if err != nil {
			t.Fatal(err)
		}
		begin = append(begin, func() { beginFace(t, third.faces[wechatName], i) })
	}
	return begin
}

func beginFace(t *testing.T, checker verification.FaceChecker, serial int) {
	t.Helper()
	p, _ := people.New(people.Passes, serial, time.Now())
	document, err := identity.ParseDocument(p.Type(), p.Typed, p.Name)
	if err != nil {
		t.Error(err)
		return
	}
	_, err = checker.StartFace(t.Context(), verification.FaceStart{
		AttemptID: "att_" + p.Number, Document: document, User: identity.NewChannelUser("", "open_id", p.OpenID),
	})
	if err != nil {
		t.Error(err)
	}
}
