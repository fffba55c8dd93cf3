package harness

import (
	"context"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"renzheng/providers/registry/registrytest"
)

// shownCases is how many pushed cases the index page lists.
const shownCases = 20

// pushedCase is a case that the registry pushed, to be listed on the index page.
type pushedCase struct {
	ID, Enterprise string
	Signers        []registrytest.Signatory
}

// push makes the registry push a case.
func (s *Sandbox) push(ctx context.Context, caseID string, pushed registrytest.Case) (registrytest.CaseState, error) {
	state, err := s.Cases.PutCase(ctx, caseID, pushed)
	if err != nil {
		return state, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pushed = slices.DeleteFunc(s.pushed, func(c pushedCase) bool { return c.ID == caseID })
	s.pushed = slices.Insert(s.pushed, 0, pushedCase{caseID, pushed.Header.EnterpriseName, pushed.Signers})
	s.pushed = s.pushed[:min(len(s.pushed), shownCases)]
	return state, nil
}

func (s *Sandbox) pushedCases() []pushedCase {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.pushed)
}

//go:embed invitation.html
var invitationText string

var invitationTemplate = page("invitation", invitationText) //nolint:gochecknoglobals // parsed once, never changed

// invitationPage is the data of the template.
type invitationPage struct {
	registrytest.Invitation

	CaseID, SignerID string
	Picture          template.URL // data: image, "" = none
}

// serveInvitation shows an invitation to a clerk of the registry, or returns it as JSON.
func (s *Sandbox) serveInvitation(out http.ResponseWriter, r *http.Request) {
	p := invitationPage{CaseID: r.PathValue("case_id"), SignerID: r.PathValue("signer_id")}
	var err error
	p.Invitation, err = s.Cases.Invite(r.Context(), p.CaseID, p.SignerID)
	if err != nil || strings.Contains(r.Header.Get("Accept"), "application/json") {
		answer(out, p.Invitation, err)
		return
	}
	if len(p.QR) > 0 {
		p.Picture = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(p.QR))
	}
	header := out.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
	_ = invitationTemplate.Execute(out, p) // the client may have left
}
