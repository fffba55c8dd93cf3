package main

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/keyring"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// TestSecurity_CardsSentAtOnceStayWithinTheTries sends many cards for one check to two replicas.
func TestSecurity_CardsSentAtOnceStayWithinTheTries(t *testing.T) {
	t.Parallel()
	const tries = 2
	s := newFixture(t, fixtureOptions{replicas: 2, settings: harness.Settings{"BFF_LIMITS_BANK_CARD": strconv.Itoa(tries)}})
	thief := s.login(t, s.newPerson(people.CardDiffers))
	thief.consent(t, "access")
	id := thief.begin(t, thief.document())
	thief.face(t, id, alipaytest.ActionPass)

	var racing sync.WaitGroup
	for i := range 12 {
		at := caller{base: s.urls[i%len(s.urls)], token: thief.token}
		racing.Go(func() {
			_, err := at.try(request{
				method: http.MethodPost, path: "/v1/verifications/" + id + "/bank-card", key: rand.Text(),
				body: members{"card": fmt.Sprintf("622202000000%05d", i)},
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	racing.Wait()
	if n := s.rows.count(t, "SELECT COUNT(*) FROM attempts WHERE kind = 'bank_card'"); n == 0 || n > tries {
		t.Errorf("got %d queries of the data source, want up to %d", n, tries)
	}
}

// TestSecurity_OldKeyFileIsNotTakenUp: with look-up keys of yesterday the same person would become a second subject.
func TestSecurity_OldKeyFileIsNotTakenUp(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "keys.json")
	write := func(content []byte, err error) []byte {
		t.Helper()
		if err == nil {
			err = os.WriteFile(path, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	old := write(keyring.Generate(time.Now()))
	ring, err := config.Storage{Keys: path}.OpenKeys()
	if err != nil {
		t.Fatal(err)
	}
	storage := config.Storage{Database: config.NewSecret("sqlite:" + filepath.Join(folder, "bff.db")), Keys: path}
	db, err := openStore(t.Context(), storage, ring, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })

	write(keyring.Rotate(old, keyring.KindLookup, time.Now()))
	if err = reload(t.Context(), storage, ring, db); err != nil {
		t.Fatal(err)
	}
	inUse := ring.Checks()
	write(old, nil)
	if err = reload(t.Context(), storage, ring, db); err == nil {
		t.Error("the old file was taken up without an error")
	}
	if got := ring.Checks(); len(got) != len(inUse) {
		t.Errorf("got %d keys in use, want the %d of before", len(got), len(inUse))
	}
}
