package verification

// FailureCode names an entry of the failure catalogue. Codes are public, stable
// and never reused. There is one for each thing that a person would do
// differently, not one for each word of a provider.
type FailureCode string

// The failures this product can end in. catalogue.go says for each: prompt,
// cause, remedies in order, whether a retry can help and whether it used a try.
const (
	// Identity and account.
	IdentityNotConfirmed FailureCode = "identity_not_confirmed" // M-46: an element wrong, or not known: one public code for all (R13)
	AccountOwnerDiffers  FailureCode = "account_owner_differs"  // M-46: not the owner of the channel account (R7)
	AccountLimit         FailureCode = "account_limit"          // R12: the account stood for too many persons today
	RiskRefused          FailureCode = "risk_refused"           // the channel's or the source's risk control, or a barred subject
	GuardianRequired     FailureCode = "guardian_required"      // R9
	// Document: its form, before anybody is asked.
	DocumentTypeDiffers   FailureCode = "document_type_differs"   // 81, 82, 83 typed as a resident ID
	DocumentExpired       FailureCode = "document_expired"        // past its end, or replaced
	NameInputWrong        FailureCode = "name_input_wrong"
	NumberInputWrong      FailureCode = "number_input_wrong"      // length, letters, check digit, count of renewals
	ValidityInputWrong    FailureCode = "validity_input_wrong"    // a date missing, or the end before the start
	DocumentPhotoUnusable FailureCode = "document_photo_unusable" // where a source or an authority asks for one; planned
	// Face.
	FaceDiffers     FailureCode = "face_differs"      // M-47 a, b
	FaceQuality     FailureCode = "face_quality"      // M-47 c: light, pixels
	FaceNoRecord    FailureCode = "face_no_record"    // no photo on record, or none that serves
	FaceCancelled   FailureCode = "face_cancelled"    // the person left
	FaceNotFinished FailureCode = "face_not_finished" // not within FacePass
	FaceDevice      FailureCode = "face_device"       // camera, permission, old client
	FaceLiveness    FailureCode = "face_liveness"     // no living person seen
	// Bank card.
	CardDiffers      FailureCode = "card_differs"      // holder, number or phone do not belong together
	CardUnusable     FailureCode = "card_unusable"     // lost, expired, restricted, dormant, not supported
	CardInputWrong   FailureCode = "card_input_wrong"  // the source refused the format
	PhoneUnsupported FailureCode = "phone_unsupported" // not of the mainland, or of a range that no source knows
	CardLocked       FailureCode = "card_locked"       // too many queries for this card; until tomorrow
	CardUnresolved   FailureCode = "card_unresolved"   // no answer; not counted, not repeated by us
	// Client: much of it only the client sees, which shows the entry itself.
	ClientUnsupported FailureCode = "client_unsupported" // M-42: below the floor
	ClientUnknown     FailureCode = "client_unknown"     // D-18: scanned with another app; planned
	QRBlank           FailureCode = "qr_blank"           // D-17; planned
	NetworkLost       FailureCode = "network_lost"       // between the phone and anybody
	SMSNotReceived    FailureCode = "sms_not_received"   // A-36; planned
	ResultPending     FailureCode = "result_pending"     // D-16: done there, not known here yet
	// Technical.
	ProviderBusy  FailureCode = "provider_busy"   // M-48: try again later
	TryAgainLater FailureCode = "try_again_later" // M-48: anything else technical, unknown codes too
	// Limits and states.
	TriesExhausted   FailureCode = "tries_exhausted"
	CheckSwitchedOff FailureCode = "check_switched_off"
	RouteMissing     FailureCode = "route_missing" // no provider for this document in this channel
	ChannelOff       FailureCode = "channel_off"
)
