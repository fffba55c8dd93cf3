package bff_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"renzheng/appeal"
	"renzheng/console/consoletest"
	"renzheng/material"
	"renzheng/window"
)

// submits opens an appeal, with whatever its checklist requires, and submits it.
func (p person) submits(t *testing.T, against object) string {
	t.Helper()
	list, _ := appeal.Catalogue().For(textOf(against, "failure"))
	path := p.opened(t, against)
	for _, item := range list.Required {
		file := aPicture(t)
		if what, _ := appeal.Catalogue().Item(item); what.Kind == material.Video {
			file = video(t)
		}
		p.uploads(t, path, item, file)
	}
	p.call(t, http.MethodPost, path+"/submission", object{"contact": "13800138000", "text": "请再看"}).want(t, http.StatusOK, "")
	return path
}

// walks leads a submitted appeal through each of its states to an outcome, by the pages of two reviewers and what the person calls.
func (p person) walks(t *testing.T, reviewers [2]*consoletest.Browser, path string, outcome appeal.Outcome) {
	t.Helper()
	first, second := reviewers[0], reviewers[1]
	at := strings.TrimPrefix(path, "/v1")
	first.Open(at).Submit(at+"/reveal", nil).Submit(at+"/question", url.Values{"question": {"哪一天失败的？"}}).Want(http.StatusOK)
	p.call(t, http.MethodPost, path+"/answer", object{"text": "昨天"}).want(t, http.StatusOK, "")
	first.Open(at).Submit(at+"/reveal", nil).Submit(at+"/proposal", decision(outcome)).Want(http.StatusOK)
	second.Open(at).Submit(at+"/reveal", nil).Submit(at+"/return", sentBack()).Want(http.StatusOK)
	first.Open(at).Submit(at+"/reveal", nil).Submit(at+"/proposal", decision(outcome)).Want(http.StatusOK)
	second.Open(at).Submit(at+"/reveal", nil).Submit(at+"/approval", nil).Want(http.StatusOK, "taken effect")
	got := p.get(t, path).want(t, http.StatusOK, "")
	if got.text(t, "state") != string(appeal.Decided) || got.text(t, "decision", "outcome") != string(outcome) {
		t.Errorf("got %s", got.body)
	}
}

// From each failure that can be appealed, through each state of an appeal, a decision is reached whose way on exists: the
// window has a reason for what is sent there, and for what stands.
func TestGraph_AppealsReachADecision(t *testing.T) {
	t.Parallel()
	policy, err := window.DefaultPolicy()
	if err != nil {
		t.Fatal(err)
	}
	outcomes := appeal.Appeal{}.Possible()
	walked := 0
	for _, list := range appeal.Catalogue().Checklists {
		w := newFixture(t)
		c := newReview(t, w)
		reviewers := [2]*consoletest.Browser{c.SignedIn(t, "reviewer"), c.SignedIn(t, "reviewer2")}
		p := w.login(t, "zhang").agree(t)
		for _, code := range list.Failures {
			walked++
			p.walks(t, reviewers, p.submits(t, object{"failure": code}), outcomes[walked%len(outcomes)])
			if policy.After(code) == "" {
				t.Errorf("the window has no reason for a person whose appeal against %s was in vain", code)
			}
		}
	}
	if walked < 18 {
		t.Errorf("walked %d failures, that is not all", walked)
	}
	t.Logf("appeals walked from failure to decision: %d", walked)
}
