package agencytest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"renzheng/identity"
	"renzheng/strictjson"
)

const conformanceAccount = "account-of-the-conformance-kit"

func (f *fixture) faceRules() []rule {
	id := attempt()
	rules := []rule{
		{"face session: begins with a page", func(ctx context.Context) error { return f.begin(ctx, id) }},
		{"face session: the same attempt has the same page", func(ctx context.Context) error { return f.begin(ctx, id) }},
		{"face session: the same attempt for another account is a conflict", func(ctx context.Context) error {
			a, err := f.ask(ctx, f.start(id, "somebody-else"))
			if err != nil {
				return err
			}
			return want(a, http.StatusConflict, "conflict")
		}},
		{"face session: an account is needed", func(ctx context.Context) error {
			p := f.start(attempt(), conformanceAccount)
			p.body = documentBody(f.face())
			a, err := f.ask(ctx, p)
			if err != nil {
				return err
			}
			return want(a, http.StatusUnprocessableEntity, "request_invalid")
		}},
		{"face session: pending until the person has finished", func(ctx context.Context) error {
			_, err := f.state(ctx, id, "pending")
			return err
		}},
		{"face session: one that never began is not found", func(ctx context.Context) error {
			a, err := f.ask(ctx, probe{method: http.MethodGet, path: "v1/face-sessions/" + attempt()})
			if err != nil {
				return err
			}
			return want(a, http.StatusNotFound, "not_found")
		}},
	}
	if f.target.Finish == nil {
		return rules
	}
	return append(rules, rule{
		"face session: passes with liveness, document and account",
		func(ctx context.Context) error { return f.finish(ctx, id) },
	})
}

// face is whose face is compared: the first sample that matches.
func (f *fixture) face() identity.Document {
	for _, sample := range f.target.Samples {
		if sample.Result == "match" {
			return sample.Document
		}
	}
	return f.target.Samples[0].Document
}

func (f *fixture) start(id, account string) probe {
	return probe{
		method: http.MethodPut, path: "v1/face-sessions/" + id,
		body: encodeBody(documentObject(f.face()), map[string]any{
			"account": map[string]any{"kind": "open_id", "id": account}, "portrait": true,
		}),
	}
}

// page begins the session of an attempt and returns its page.
func (f *fixture) page(ctx context.Context, id string) (string, error) {
	a, err := f.ask(ctx, f.start(id, conformanceAccount))
	if err != nil {
		return "", err
	}
	if !isOK(a.status) && a.status != http.StatusCreated {
		return "", fmt.Errorf("got status %d and code %q", a.status, shown(a.object.Text("code")))
	}
	page := a.object.Text("page_url")
	expires, err := time.Parse(time.RFC3339, a.object.Text("expires_at"))
	switch {
	case a.object.Text("attempt_id") != id:
		return "", errors.New("attempt_id is not the request's")
	case !f.pageFits(page):
		return "", errors.New("page_url is no address of the gateway, or of its page hosts")
	case err != nil || !expires.After(f.target.Clock()):
		return "", errors.New("expires_at is no time to come in RFC 3339")
	}
	return page, nil
}

func (f *fixture) begin(ctx context.Context, id string) error {
	first, err := f.page(ctx, id)
	if err != nil {
		return err
	}
	again, err := f.page(ctx, id)
	if err == nil && again != first {
		err = errors.New("the page is another one")
	}
	return err
}

func (f *fixture) state(ctx context.Context, id, state string) (answered, error) {
	a, err := f.ask(ctx, probe{method: http.MethodGet, path: "v1/face-sessions/" + id})
	switch {
	case err != nil:
		return a, err
	case !isOK(a.status) || a.object.Text("attempt_id") != id:
		return a, fmt.Errorf("got status %d, want 200 and the attempt", a.status)
	case a.object.Text("state") != state:
		return a, fmt.Errorf("got state %q", shown(a.object.Text("state")))
	}
	return a, nil
}

func (f *fixture) finish(ctx context.Context, id string) error {
	page, err := f.page(ctx, id)
	if err != nil {
		return err
	}
	if err = f.target.Finish(ctx, page); err != nil {
		return fmt.Errorf("finishing the page: %w", err)
	}
	a, err := f.state(ctx, id, "passed")
	if err != nil {
		return err
	}
	document, documentErr := strictjson.ReadObject(a.object["document"])
	account, accountErr := strictjson.ReadObject(a.object["account"])
	d := f.face()
	switch {
	case a.object.Text("liveness") != "passed":
		return errors.New("a pass without liveness is none")
	case documentErr != nil || document.Text("type") != string(d.Type) || document.Text("number") != d.Number.Reveal() || document.Text("name") != d.Name.Reveal():
		return errors.New("document is not the session's")
	case accountErr != nil || account.Text("kind") != "open_id" || account.Text("id") != conformanceAccount:
		return errors.New("account is not the session's")
	}
	return nil
}
