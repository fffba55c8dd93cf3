package main

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// signIns logs somebody in so often at once, whatever comes of it.
func (s *alertScene) signIns(t *testing.T, n int) {
	t.Helper()
	var calls sync.WaitGroup
	for range n {
		p := s.newPerson(people.Passes)
		calls.Go(func() {
			_, _ = (caller{base: s.urls[0]}).try(request{
				method: http.MethodPost, path: "/v1/sessions", key: rand.Text(),
				body: loginBody(s.Alipay.IssueCode(p.OpenID, alipaytest.ScopeBase)),
			})
		})
	}
	calls.Wait()
}

func sceneProviderDown(t *testing.T) *alertScene {
	t.Helper()
	var fault vendorFault
	s := newAlertScene(t, sceneOptions{prepare: fault.between})
	s.signIns(t, 20)
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	fault.broken.Store(true)
	s.signIns(t, 40)
	s.scrapes(t, 4*time.Minute, func() { s.signIns(t, 1) })
	s.fires(t, "RenzhengProviderDown", nil)
	return s
}

func sceneProviderFailing(t *testing.T) *alertScene {
	t.Helper()
	var fault vendorFault
	s := newAlertScene(t, sceneOptions{prepare: fault.between})
	s.scrapes(t, time.Minute, func() { s.signIns(t, 2) })
	s.quiet()
	s.scrapes(t, quarter, func() {
		s.signIns(t, 2)
		fault.broken.Store(true)
		s.signIns(t, 1)
		fault.broken.Store(false)
	})
	s.fires(t, "RenzhengProviderFailing", nil)
	return s
}

func sceneProviderSlow(t *testing.T) *alertScene {
	t.Helper()
	var fault vendorFault
	s := newAlertScene(t, sceneOptions{prepare: fault.between})
	s.signIns(t, 20)
	s.scrapes(t, quarter, nil)
	s.quiet()
	fault.delay.Store(int64(3500 * time.Millisecond))
	s.signIns(t, 40)
	s.scrapes(t, 7*time.Minute, nil)
	s.fires(t, "RenzhengProviderSlow", nil)
	return s
}

// faces lets so many persons of a fate go through one face check each.
func (s *alertScene) faces(t *testing.T, fate people.Fate, action string, n int) {
	t.Helper()
	for range n {
		c := s.login(t, s.newPerson(fate))
		c.consent(t, "access")
		c.face(t, c.begin(t, c.document()), action)
	}
}

func sceneNobodyPasses(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{})
	s.faces(t, people.FaceDiffers, alipaytest.ActionFail, 1)
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	s.faces(t, people.FaceDiffers, alipaytest.ActionFail, 25)
	s.scrapes(t, 10*time.Minute, nil)
	s.fires(t, "RenzhengNobodyPasses", nil)
	return s
}

func sceneFewPass(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{step: time.Minute})
	s.faces(t, people.Passes, alipaytest.ActionPass, 1)
	s.faces(t, people.FaceDiffers, alipaytest.ActionFail, 1)
	s.scrapes(t, 2*time.Minute, nil)
	s.faces(t, people.Passes, alipaytest.ActionPass, 40)
	s.faces(t, people.FaceDiffers, alipaytest.ActionFail, 4)
	s.scrapes(t, time.Hour, nil)
	s.quiet()
	s.faces(t, people.Passes, alipaytest.ActionPass, 10)
	s.faces(t, people.FaceDiffers, alipaytest.ActionFail, 50)
	s.scrapes(t, quarter, nil)
	s.fires(t, "RenzhengFewPass", nil)
	return s
}

// The registry's call-back leads to nobody.
func sceneRegistryAway(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{prepare: func(t *testing.T, s *alertScene) { t.Helper(); s.unreachable(t) }})
	c := s.enter(t, s.newPerson(people.Passes))
	asked, caseID := c.openTodo(t)
	c.confirm(t, asked, c.passFor(t, asked)).is(t, http.StatusCreated)
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	registry := map[string]string{"registry": s.rows.text(t, "SELECT registry_id FROM events WHERE case_id = ?", caseID)}
	s.pass(t, 20*time.Minute)
	s.scrapes(t, 6*time.Minute, nil)
	s.fires(t, "RenzhengDeliveriesLate", registry)
	until(t, "the event is given up", func() bool {
		s.pass(t, 6*time.Hour) // longer than every pause
		return s.rows.count(t, "SELECT COUNT(*) FROM events WHERE case_id = ? AND delivery_state = 'dead'", caseID) > 0
	})
	s.refresh(t)
	s.scrapes(t, time.Minute, nil)
	s.fires(t, "RenzhengDeadLetters", registry)
	return s
}

// unreachable lets every call-back lead to a port that nobody listens on.
func (s *alertScene) unreachable(t *testing.T) {
	t.Helper()
	s.changeRegistries(t, func(r map[string]any) {
		if callback, ok := r["callback"].(map[string]any); ok {
			callback["url"] = "http://127.0.0.1:1/"
		}
	})
}

// A registry's key ends in 40 days, and 20 days go by.
func sceneRegistryKeyEnds(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{prepare: func(t *testing.T, s *alertScene) {
		t.Helper()
		s.changeRegistries(t, func(r map[string]any) {
			for _, key := range r["keys"].([]any) { //nolint:errcheck,forcetypeassert // the sandbox wrote it
				key.(map[string]any)["until"] = time.Now().AddDate(0, 0, 40).UTC().Format(time.RFC3339) //nolint:errcheck,forcetypeassert // likewise
			}
		})
	}})
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	s.pass(t, 20*24*time.Hour)
	s.scrapes(t, time.Minute, nil)
	s.fires(t, "RenzhengRegistryKeyEnds", nil)
	return s
}

// changeRegistries changes each registry of the file before the server starts.
func (s *alertScene) changeRegistries(t *testing.T, change func(r map[string]any)) {
	t.Helper()
	var file map[string]any
	readJSON(t, s.Settings["BFF_REGISTRIES"], &file)
	for _, r := range file["registries"].([]any) { //nolint:errcheck,forcetypeassert // the sandbox wrote it
		change(r.(map[string]any)) //nolint:errcheck,forcetypeassert // likewise
	}
	content, err := json.Marshal(file)
	if err == nil {
		err = os.WriteFile(s.Settings["BFF_REGISTRIES"], content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Another replica holds the lease of a worker and hangs.
func sceneWorkerHangs(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{})
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	s.rows.shift(t, "UPDATE leases SET holder = 'another', until = ? WHERE name = 'expire_todos'", time.Now().AddDate(1, 0, 0).UnixMilli())
	p := s.newPerson(people.Passes)
	for i := range 501 {
		if _, err := s.Cases.PutCase(t.Context(), fmt.Sprintf("queue-%d", i), harness.SampleCase(p, time.Now())); err != nil {
			t.Fatal(err)
		}
	}
	s.pass(t, 60*24*time.Hour)
	s.scrapes(t, quarter, nil)
	s.fires(t, "RenzhengQueueGrows", nil)
	return s
}

// Another replica holds the lease of the purge and hangs.
func sceneRetentionBehind(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{step: time.Minute})
	c := s.enter(t, s.newPerson(people.Passes))
	s.scrapes(t, time.Minute, nil)
	s.stop(t)
	s.pass(t, 60*24*time.Hour) // the session and its keys are over
	s.restart(t)
	until(t, "something is deleted", func() bool { return strings.Contains(s.metrics(t), "bff_retention_purged_total{") })
	s.scrapes(t, 10*time.Minute, nil)
	s.quiet()
	s.rows.shift(t, "UPDATE leases SET holder = 'another', until = ? WHERE name = 'purge'", time.Now().AddDate(3, 0, 0).UnixMilli())
	s.enter(t, c.Person)
	s.pass(t, 400*24*time.Hour)
	s.scrapes(t, 65*time.Minute, nil)
	s.fires(t, "RenzhengRetentionBehind", nil)
	return s
}

func sceneWorkerFails(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{})
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	s.do(t, "ALTER TABLE notification_messages RENAME TO messages_lost")
	failed := func() float64 {
		return metric(s.metrics(t), `bff_worker_rounds_total{result="failed",worker="notification"}`)
	}
	for n := 1.0; n < 7; n++ {
		until(t, "a round fails", func() bool { return failed() >= n })
		s.scrapes(t, time.Minute, nil)
	}
	s.scrapes(t, 5*time.Minute, nil)
	s.fires(t, "RenzhengWorkerFails", nil)
	return s
}

// A day and more passes without a backup, and what its page says takes one.
func sceneBackupOld(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{})
	s.pass(t, 25*time.Hour)
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	s.pass(t, 2*time.Hour)
	s.scrapes(t, time.Minute, nil)
	s.fires(t, "RenzhengBackupOld", nil)
	s.rows.shift(t, "UPDATE backups SET completed_at = completed_at + ? WHERE completed_at > 0", s.ahead.Milliseconds()) // the command has no clock but the machine's
	s.refresh(t)
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	return s
}

// Somebody prolongs a grant in the database.
func sceneRowsChanged(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{})
	c := s.enter(t, s.newPerson(people.Passes))
	c.get(t, "/v1/todos").is(t, http.StatusOK)
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	s.rows.shift(t, "UPDATE grants SET until = until + 86400000 WHERE session_id = ?", c.session)
	c.get(t, "/v1/todos").refused(t, http.StatusForbidden, "access_required")
	s.scrapes(t, time.Minute, nil)
	s.fires(t, "RenzhengRowsChanged", map[string]string{"table": "grants"})
	return s
}

func sceneManyRejections(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{settings: harness.Settings{"BFF_LIMITS_STARTS": "3"}})
	c := s.login(t, s.newPerson(people.Passes))
	c.consent(t, "access")
	for range 4 {
		c.post(t, "/v1/verifications", members{"purpose": "access", "document": c.document()})
	}
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	for range 220 {
		c.post(t, "/v1/verifications", members{"purpose": "access", "document": c.document()})
	}
	s.scrapes(t, time.Minute, nil)
	s.fires(t, "RenzhengManyRejections", nil)
	return s
}

// Persons leave their faces undecided, and the third party is slow to say what became of them.
func sceneReconcileBehind(t *testing.T) *alertScene {
	t.Helper()
	var fault vendorFault
	s := newAlertScene(t, sceneOptions{prepare: fault.between, settings: harness.Settings{"BFF_ALIPAY_TIMEOUT": "30s"}})
	for range 3 {
		c := s.login(t, s.newPerson(people.Passes))
		c.consent(t, "access")
		c.startFace(t, c.begin(t, c.document()))
	}
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	fault.delay.Store(int64(25 * time.Second))
	s.pass(t, 25*time.Minute)
	s.pass(t, 10*time.Minute)
	s.scrapes(t, quarter, nil)
	s.fires(t, "RenzhengReconcileBehind", nil)
	return s
}

func sceneCertificatesEnd(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{prepare: func(t *testing.T, s *alertScene) { t.Helper(); s.certificates(t) }})
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	s.pass(t, 5*365*24*time.Hour-20*24*time.Hour)
	s.scrapes(t, time.Minute, nil)
	s.fires(t, "RenzhengCertificateEnds", nil)
	return s
}

// certificates lets the server call Alipay in certificate mode, with certificates of five years.
func (s *alertScene) certificates(t *testing.T) {
	t.Helper()
	key, err := alipaytest.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	s.Settings["BFF_ALIPAY_PRIVATE_KEY"] = string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded}))
	made, err := alipaytest.NewCertificates(&key.PublicKey, &key.PublicKey, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	delete(s.Settings, "BFF_ALIPAY_PUBLIC_KEY")
	for name, text := range map[string]string{"APP_CERT": made.App, "ROOT_CERT": made.Root, "ALIPAY_CERT": made.Alipay} {
		s.Settings["BFF_ALIPAY_"+name] = strings.TrimSpace(text)
	}
}
