package journey

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"renzheng/providers/registry/registrytest"
)

// Invited is the todo of an invitation.
type Invited struct {
	TodoID string `json:"todo_id"`
}

// isInvited asks the registry for two invitations: this person's, which is used later,
// and another signer's.
func (v *visit) isInvited(ctx context.Context) (own, other registrytest.Invitation, err error) {
	signers := v.state.Signers
	if own, err = v.far.invite(ctx, v.caseID, signers[0].SignerID); err == nil {
		other, err = v.far.invite(ctx, v.caseID, signers[len(signers)-1].SignerID)
	}
	return own, other, v.did("is invited by a link and a code", err)
}

// waitsWithInvitation checks that an invitation reveals nothing before the person is
// verified.
func (v *visit) waitsWithInvitation(ctx context.Context, own registrytest.Invitation) error {
	_, err := v.client.invited(ctx, own.Scene)
	_, err = wantProblem(err, "access_required")
	return v.did("the invitation waits for the identity check", err)
}

// followsInvitation checks that the invitation leads this person to the todo, that another
// person's code is answered like an unknown one, and that a new invitation ends the first.
func (v *visit) followsInvitation(ctx context.Context, own, other registrytest.Invitation) error {
	want := v.state.Signers[0].TodoID
	for _, text := range []string{own.Scene, own.Code, strings.ToLower(own.Code)} {
		got, err := v.client.invited(ctx, text)
		if err == nil {
			err = same("todo of the invitation", got.TodoID, want)
		}
		if err != nil {
			return v.did("follows the invitation", err)
		}
	}
	if err := v.isUnknown(ctx, other.Scene, other.Code, "BBBB-BBBB"); err != nil {
		return v.did("cannot follow another person's invitation", err)
	}
	again, err := v.far.invite(ctx, v.caseID, v.state.Signers[0].SignerID)
	if err == nil {
		_, err = v.client.invited(ctx, again.Code)
	}
	if err == nil {
		err = v.isUnknown(ctx, own.Scene, own.Code)
	}
	return v.did("follows the invitation to the to-do", err)
}

// isUnknown checks that none of the codes leads anywhere.
func (v *visit) isUnknown(ctx context.Context, codes ...string) error {
	for i, code := range codes {
		_, err := v.client.invited(ctx, code)
		if _, err = wantProblem(err, "not_found"); err != nil {
			return fmt.Errorf("code %d: %w", i+1, err)
		}
	}
	return nil
}

func (c *Client) invited(ctx context.Context, code string) (Invited, error) {
	var got Invited
	return got, c.call(ctx, request{
		method: http.MethodPost, path: "/v1/invitations", body: map[string]string{"invitation": code},
	}, &got)
}

// invite makes the registry invite a signer.
func (s *sandbox) invite(ctx context.Context, caseID, signerID string) (registrytest.Invitation, error) {
	var made registrytest.Invitation
	path := "/sandbox/cases/" + url.PathEscape(caseID) + "/signers/" + url.PathEscape(signerID) + "/invitation"
	return made, s.whileAway(ctx, func() error { return s.form(ctx, path, url.Values{}, &made) })
}
