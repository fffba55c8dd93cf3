package verification

// Text is a text by language: zh-Hans and en.
type Text map[string]string

// For returns the text in a language, in the default one where it lacks.
func (t Text) For(language string) string {
	if text, ok := t[language]; ok {
		return text
	}
	return t[DefaultLanguage]
}

// EntryKind groups failures for a client that does not know a code. Open: a
// later version may add kinds.
type EntryKind string

// The kinds of failures.
const (
	KindIdentity  EntryKind = "identity"
	KindAccount   EntryKind = "account"
	KindGuardian  EntryKind = "guardian"
	KindFace      EntryKind = "face"
	KindCard      EntryKind = "card"
	KindTechnical EntryKind = "technical"
	KindLimit     EntryKind = "limit"
	KindRoute     EntryKind = "route"
)

// RemedyKind says what a person can do. Open: a later version may add kinds.
type RemedyKind string

// The remedies.
const (
	CheckInput       RemedyKind = "check_input"        // look at what was typed
	UseOwnAccount    RemedyKind = "use_own_account"    // log in as the person to be verified
	RetryNow         RemedyKind = "retry_now"          // the same step again
	RetryBetterLight RemedyKind = "retry_better_light" // again, with light and a steady camera
	RetryFinish      RemedyKind = "retry_finish"       // again, to the end and in time
	AllowCamera      RemedyKind = "allow_camera"       // permission, newer client, other phone
	OtherCard        RemedyKind = "other_card"         // a card of one's own that is in use
	OtherMethod      RemedyKind = "other_method"       // another document or channel
	AskBank          RemedyKind = "ask_bank"           // the bank knows why, or can mend it
	RetryLater       RemedyKind = "retry_later"        // not before Tries.NextAt where that is set
	ServiceWindow    RemedyKind = "service_window"     // bring the original document; needs neither face nor card
	TechnicalSupport RemedyKind = "technical_support"
)

// Remedy is one thing to do.
type Remedy struct {
	Kind RemedyKind
	Text Text
}

// Entry is what is known of one failure.
type Entry struct {
	Code      FailureCode
	Kind      EntryKind
	Prompt    Text     // the headline
	Cause     Text     // what may be behind it; never which element was wrong (R13)
	Remedies  []Remedy // in the order to try them; the last two are always the window and support
	Retryable bool     // the same step may pass when repeated
	Counted   bool     // it uses up a try
}
