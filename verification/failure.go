package verification

// FailureCode names an entry of the failure catalogue. Codes are public, stable
// and never reused.
type FailureCode string

// The failures this product can end in. catalogue.go says for each: prompt,
// cause, remedies in order, whether a retry can help and whether it used a try.
const (
	// Identity and account.
	IdentityNotConfirmed FailureCode = "identity_not_confirmed" // M-46: name or number wrong, or not known: one public code for all (R13)
	AccountOwnerDiffers  FailureCode = "account_owner_differs"  // M-46: not the owner of the channel account (R7)
	GuardianRequired     FailureCode = "guardian_required"      // R9
	// Face.
	FaceDiffers     FailureCode = "face_differs"      // M-47 a, b
	FaceQuality     FailureCode = "face_quality"      // M-47 c: light, pixels
	FaceNoRecord    FailureCode = "face_no_record"    // no photo on record
	FaceCancelled   FailureCode = "face_cancelled"    // the person left
	FaceNotFinished FailureCode = "face_not_finished" // not within FacePass
	FaceDevice      FailureCode = "face_device"       // camera, permission, old client
	FaceLiveness    FailureCode = "face_liveness"     // no living person seen
	// Bank card.
	CardDiffers    FailureCode = "card_differs"     // holder, number or phone do not belong together
	CardUnusable   FailureCode = "card_unusable"    // lost, expired, restricted, dormant, not supported
	CardInputWrong FailureCode = "card_input_wrong" // the source refused the format
	CardLocked     FailureCode = "card_locked"      // too many queries for this card; until tomorrow
	CardUnresolved FailureCode = "card_unresolved"  // no answer; not counted, not repeated by us
	// Technical.
	ProviderBusy  FailureCode = "provider_busy"   // M-48: try again later
	TryAgainLater FailureCode = "try_again_later" // M-48: anything else technical, unknown codes too
	// Limits and states.
	TriesExhausted   FailureCode = "tries_exhausted"
	CheckSwitchedOff FailureCode = "check_switched_off"
	RouteMissing     FailureCode = "route_missing" // no provider for this document in this channel
)
