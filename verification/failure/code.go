package failure

// Code names an entry of the failure catalogue. Codes are public, stable and never
// reused. Failures that a person must handle differently have different codes; the
// words of a provider do not matter.
type Code string

// The failures that can end a verification. The catalogue has, for each, the prompt,
// the cause, the remedies in order, whether a retry can help and whether it used a try.
const (
	// Identity and account.
	IdentityNotConfirmed Code = "identity_not_confirmed" // M-46: an element is wrong or unknown: one public code for all (R13)
	AccountOwnerDiffers  Code = "account_owner_differs"  // M-46: not the owner of the channel account (R7)
	AccountLimit         Code = "account_limit"          // R12: the account verified too many persons today
	RiskRefused          Code = "risk_refused"           // the channel's or the source's risk control
	GuardianRequired     Code = "guardian_required"      // R9
	SubjectBarred        Code = "subject_barred"         // D-14: by an authority, for a time; said only after a check has passed
	NumberFrozen         Code = "number_frozen"          // M7: by the person; said only after a check has passed
	// Document: its format, before any provider is called.
	DocumentTypeDiffers   Code = "document_type_differs"   // 81, 82, 83 typed as a resident ID
	DocumentExpired       Code = "document_expired"        // past its end, or replaced
	NameInputWrong        Code = "name_input_wrong"
	NumberInputWrong      Code = "number_input_wrong"      // length, letters, check digit, count of renewals
	ValidityInputWrong    Code = "validity_input_wrong"    // a date missing, or the end before the start
	DocumentPhotoUnusable Code = "document_photo_unusable" // if a source or an authority requires one; planned
	// Face.
	FaceDiffers     Code = "face_differs"      // M-47 a, b
	FaceQuality     Code = "face_quality"      // M-47 c: light, pixels
	FaceNoRecord    Code = "face_no_record"    // no photo on record, or no suitable one
	FaceCancelled   Code = "face_cancelled"    // the person left
	FaceNotFinished Code = "face_not_finished" // not within FacePass
	FaceDevice      Code = "face_device"       // camera, permission, old client
	FaceLiveness    Code = "face_liveness"     // no living person seen
	// Bank card.
	CardDiffers      Code = "card_differs"      // holder, number or phone do not belong together
	CardUnusable     Code = "card_unusable"     // lost, expired, restricted, dormant, not supported
	CardInputWrong   Code = "card_input_wrong"  // the source rejected the format
	PhoneUnsupported Code = "phone_unsupported" // not of the mainland, or of a range that no source supports
	CardLocked       Code = "card_locked"       // too many queries for this card; until tomorrow
	CardUnresolved   Code = "card_unresolved"   // no answer; not counted, not repeated by us
	// Client: the server sees little of it; the client shows the entry itself.
	ClientUnsupported Code = "client_unsupported" // M-42: below the minimum version
	ClientUnknown     Code = "client_unknown"     // D-18: scanned with another app
	QRBlank           Code = "qr_blank"           // D-17; planned
	NetworkLost       Code = "network_lost"       // between the phone and the server
	SMSNotReceived    Code = "sms_not_received"   // A-36; planned
	ResultPending     Code = "result_pending"     // D-16: submitted, the result is not known yet
	// Technical.
	ProviderBusy  Code = "provider_busy"   // M-48: try again later
	TryAgainLater Code = "try_again_later" // M-48: anything else technical, unknown codes too
	// Limits and states.
	TriesExhausted   Code = "tries_exhausted"
	CheckSwitchedOff Code = "check_switched_off"
	RouteMissing     Code = "route_missing" // no provider for this document in this channel
	ChannelOff       Code = "channel_off"
)
