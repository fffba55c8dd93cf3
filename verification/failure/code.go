package failure

// Code names an entry of the failure catalogue. Codes are public, stable
// and never reused. There is one for each thing that a person would do
// differently, not one for each word of a provider.
type Code string

// The failures this product can end in. The catalogue says for each: prompt,
// cause, remedies in order, whether a retry can help and whether it used a try.
const (
	// Identity and account.
	IdentityNotConfirmed Code = "identity_not_confirmed" // M-46: an element wrong, or not known: one public code for all (R13)
	AccountOwnerDiffers  Code = "account_owner_differs"  // M-46: not the owner of the channel account (R7)
	AccountLimit         Code = "account_limit"          // R12: the account stood for too many persons today
	RiskRefused          Code = "risk_refused"           // the channel's or the source's risk control, or a barred subject
	GuardianRequired     Code = "guardian_required"      // R9
	// Document: its form, before anybody is asked.
	DocumentTypeDiffers   Code = "document_type_differs"   // 81, 82, 83 typed as a resident ID
	DocumentExpired       Code = "document_expired"        // past its end, or replaced
	NameInputWrong        Code = "name_input_wrong"
	NumberInputWrong      Code = "number_input_wrong"      // length, letters, check digit, count of renewals
	ValidityInputWrong    Code = "validity_input_wrong"    // a date missing, or the end before the start
	DocumentPhotoUnusable Code = "document_photo_unusable" // where a source or an authority asks for one; planned
	// Face.
	FaceDiffers     Code = "face_differs"      // M-47 a, b
	FaceQuality     Code = "face_quality"      // M-47 c: light, pixels
	FaceNoRecord    Code = "face_no_record"    // no photo on record, or none that serves
	FaceCancelled   Code = "face_cancelled"    // the person left
	FaceNotFinished Code = "face_not_finished" // not within FacePass
	FaceDevice      Code = "face_device"       // camera, permission, old client
	FaceLiveness    Code = "face_liveness"     // no living person seen
	// Bank card.
	CardDiffers      Code = "card_differs"      // holder, number or phone do not belong together
	CardUnusable     Code = "card_unusable"     // lost, expired, restricted, dormant, not supported
	CardInputWrong   Code = "card_input_wrong"  // the source refused the format
	PhoneUnsupported Code = "phone_unsupported" // not of the mainland, or of a range that no source knows
	CardLocked       Code = "card_locked"       // too many queries for this card; until tomorrow
	CardUnresolved   Code = "card_unresolved"   // no answer; not counted, not repeated by us
	// Client: much of it only the client sees, which shows the entry itself.
	ClientUnsupported Code = "client_unsupported" // M-42: below the floor
	ClientUnknown     Code = "client_unknown"     // D-18: scanned with another app; planned
	QRBlank           Code = "qr_blank"           // D-17; planned
	NetworkLost       Code = "network_lost"       // between the phone and anybody
	SMSNotReceived    Code = "sms_not_received"   // A-36; planned
	ResultPending     Code = "result_pending"     // D-16: done there, not known here yet
	// Technical.
	ProviderBusy  Code = "provider_busy"   // M-48: try again later
	TryAgainLater Code = "try_again_later" // M-48: anything else technical, unknown codes too
	// Limits and states.
	TriesExhausted   Code = "tries_exhausted"
	CheckSwitchedOff Code = "check_switched_off"
	RouteMissing     Code = "route_missing" // no provider for this document in this channel
	ChannelOff       Code = "channel_off"
)
