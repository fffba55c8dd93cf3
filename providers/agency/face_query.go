package agency

import (
	"context"
	"net/http"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/strictjson"
	"renzheng/verification"
	"renzheng/verification/failure"
)

const (
	callQuery = "face-query"
	levelFace = "AGENCY_FACE"

	codeNoRecord = "no_record"
)

// QueryFace returns the state of a session. Only a signed "passed" with a signed
// verdict on liveness, for the document and the account of the session, is a pass
// (R5, R14). A portrait that is not a picture is left out and changes nothing
// (R17).
func (c *Client) QueryFace(ctx context.Context, q verification.FaceQuery) (verification.FaceResult, error) {
	if !attemptShape.MatchString(q.ProviderID) || q.AttemptID != "" && q.AttemptID != q.ProviderID {
		return verification.FaceResult{}, notAsked(callQuery)
	}
	a, failed := c.ask(ctx, question{call: callQuery, method: http.MethodGet, path: "v1/face-sessions/" + q.ProviderID})
	if failed != nil {
		return verification.FaceResult{}, failed
	}
	switch {
	case a.status == http.StatusNotFound && a.text("code", codeShape) == codeNotFound: // the session was begun, so a later query may find it
		return verification.FaceResult{Outcome: verification.OutcomePending, Level: levelFace}, nil
	case a.status != http.StatusOK:
		return verification.FaceResult{}, rejected(callQuery, a)
	case a.text("attempt_id", attemptShape) != q.ProviderID:
		return verification.FaceResult{}, disbelieved(callQuery, codeOtherSubject, a)
	}
	switch a.text("state", codeShape) {
	case "pending":
		return verification.FaceResult{Outcome: verification.OutcomePending, Level: levelFace}, nil
	case "failed":
		return faceFailed(failureOf(a.text("reason", codeShape))), nil
	case "passed":
		return passed(a, q)
	}
	return verification.FaceResult{}, disbelieved(callQuery, kit.CodeUnreadable, a)
}

// passed checks everything that a pass requires.
func passed(a answer, q verification.FaceQuery) (verification.FaceResult, error) {
	switch a.text("liveness", codeShape) {
	case "passed":
	case "failed":
		return faceFailed(failure.FaceLiveness), nil
	default: // nobody looked whether the face lived: no fault of the person, and no pass
		return faceFailed(failure.TryAgainLater), nil
	}
	if !sameDocument(a.object["document"], q.Document) || !sameAccount(a.object["account"], q) {
		return verification.FaceResult{}, disbelieved(callQuery, codeOtherSubject, a)
	}
	return verification.FaceResult{
		Outcome: verification.OutcomePassed, Liveness: true, Level: levelFace, Portrait: picture(a.object.Text("portrait")),
	}, nil
}

func sameDocument(raw []byte, d identity.Document) bool {
	said, err := strictjson.ReadObject(raw)
	if err != nil {
		return false
	}
	document, err := identity.ParseDocument(identity.DocumentType(said.Text("type")), said.Text("number"), said.Text("name"))
	return err == nil && document.Same(d)
}

// sameAccount reports whether a pass is for the account. If the account no longer
// exists, it is not.
func sameAccount(raw []byte, q verification.FaceQuery) bool {
	said, err := strictjson.ReadObject(raw)
	return err == nil && !q.User.IsZero() && said.Text("kind") == q.User.Kind && said.Text("id") == q.User.Reveal()
}

func faceFailed(code failure.Code) verification.FaceResult {
	return verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: code, Level: levelFace}
}

// failureOf returns the failure for a reason of the contract. An unknown reason
// counts as a face that differs: as a technical failure it would use up no try, and
// the person could try without end.
func failureOf(reason string) failure.Code {
	switch reason {
	case "face_differs":
		return failure.FaceDiffers
	case "face_quality":
		return failure.FaceQuality
	case "liveness":
		return failure.FaceLiveness
	case "no_photo":
		return failure.FaceNoRecord
	case "document_mismatch", codeNoRecord: // one public answer, and a try for both: before a face passed, nobody may learn which numbers exist (R13)
		return failure.IdentityNotConfirmed
	case "cancelled":
		return failure.FaceCancelled
	case "expired":
		return failure.FaceNotFinished
	case "device":
		return failure.FaceDevice
	case "risk_refused":
		return failure.RiskRefused
	case "unavailable":
		return failure.ProviderBusy
	}
	return failure.FaceDiffers
}
