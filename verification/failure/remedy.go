package failure

import "renzheng/identity"

// RemedyKind is a kind of remedy. A later version may add kinds.
type RemedyKind string

// What to correct, in the order of a form.
const (
	CheckInput    RemedyKind = "check_input"     // compare what was typed
	CheckSpelling RemedyKind = "check_spelling"  // the dot in a name, rare characters
	CheckNumber   RemedyKind = "check_number"    // digit by digit
	CheckValidity RemedyKind = "check_validity"  // the document issued last; 长期
	ChooseType    RemedyKind = "choose_type"     // the document type that the number belongs to
	PhotoAgain    RemedyKind = "photo_again"     // a readable photo of the document
	UseOwnAccount RemedyKind = "use_own_account" // log in as the person to be verified
)

// How to do the same step again.
const (
	RetryNow         RemedyKind = "retry_now"          // at once
	RetryBetterLight RemedyKind = "retry_better_light" // with light and a steady camera
	RetryFinish      RemedyKind = "retry_finish"       // to the end and in time
	AllowCamera      RemedyKind = "allow_camera"       // permission, newer client, other phone
	CheckNetwork     RemedyKind = "check_network"      // with a signal
	RestartApp       RemedyKind = "restart_app"        // and update it
	RefreshPage      RemedyKind = "refresh_page"       // and sign in again
	WaitResult       RemedyKind = "wait_result"        // a repetition is not faster
	OpenInApp        RemedyKind = "open_in_app"        // of the channel that the code is for
	UpdateApp        RemedyKind = "update_app"         // system, app or phone
)

// What to use instead.
const (
	OtherCard   RemedyKind = "other_card"   // another card of the person that is in use
	OtherPhone  RemedyKind = "other_phone"  // another mobile number
	AskBank     RemedyKind = "ask_bank"     // the bank knows the reason, or can correct it
	OtherMethod RemedyKind = "other_method" // another document or channel
	LiftFreeze  RemedyKind = "lift_freeze"  // of the person's number, by a verification of its own
)

// When and where else.
const (
	RetryLater       RemedyKind = "retry_later"    // not before Tries.NextAt, if that is set
	ServiceWindow    RemedyKind = "service_window" // bring the original document; needs neither face nor card
	TechnicalSupport RemedyKind = "technical_support"
)

// Remedy is one thing to do.
type Remedy struct {
	Kind RemedyKind
	Text identity.Text
}

// remedies returns what to do, in order, without the texts. Every list ends with the
// two remedies that are always open: the window, which needs neither face nor card,
// and support.
func remedies(kinds ...RemedyKind) []Remedy {
	kinds = append(kinds, ServiceWindow, TechnicalSupport)
	list := make([]Remedy, len(kinds))
	for i, kind := range kinds {
		list[i].Kind = kind
	}
	return list
}
