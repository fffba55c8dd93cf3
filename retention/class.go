package retention

import "time"

// Class is a kind of rows that are kept for the same time.
type Class string

// The classes. Subjects have no class: one is erased in the transaction that deletes the last row that names it.
const (
	Portraits           Class = "portraits"
	FailedVerifications Class = "failed_verifications" // that never passed, with their attempts
	PassedVerifications Class = "passed_verifications" // with their attempts and grants
	Sessions            Class = "sessions"
	UnusedConsents      Class = "unused_consents" // with which no face passed
	Consents            Class = "consents"
	UnansweredCases     Class = "unanswered_cases" // with their todos
	AnsweredCases       Class = "answered_cases"   // what is personal in them; the receipts stay
	Erasures            Class = "erasures"         // that are done
	Accounts            Class = "accounts"         // that nobody uses any more
	Agreements          Class = "agreements"       // to a message for which there was no occasion
	Messages            Class = "messages"         // that were sent or dropped
	Events              Class = "events"           // that their registry has received
	Fetches             Class = "evidence_fetches"
	LiftedHolds         Class = "lifted_holds"
	Withholdings        Class = "withheld_accesses" // whose end is past
	Corrections         Class = "corrections"       // requests for correction, with their answers
	LiftedFreezes       Class = "lifted_freezes"
	DroppedBars         Class = "dropped_bars" // proposals that had no effect
	Bars                Class = "bars"         // that have ended
	Reports             Class = "impersonation_reports"
	UnsentAppeals       Class = "unsent_appeals"   // drafts, and what was withdrawn
	Appeals             Class = "appeals"          // with their messages
	Materials           Class = "appeal_materials" // pictures and videos of appeals
	WindowPhotos        Class = "window_photos"    // photos of documents that were seen at the window
	WindowVisits        Class = "window_visits"    // services at the window
	VisitMisses         Class = "visit_misses"     // documents that did not match at a window
	Escalations         Class = "escalations"      // what the window asked the centre
	BookedTimes         Class = "appointments"
	QueueNumbers        Class = "queue_numbers"
	QueueCalls          Class = "queue_calls"
	OfficeCounts        Class = "office_counts" // of time slots and lines
	Claims              Class = "claims"        // the persons as whom an account tried to verify, by day
	Quotas              Class = "quotas"
	Repetitions         Class = "repetitions" // idempotency keys with their answers
	Nonces              Class = "nonces"
	Servings            Class = "servings"
	Prefills            Class = "prefills"
	Remembered          Class = "remembered_documents"
	Invitations         Class = "invitations"
	Tickets             Class = "support_tickets"
	Contacts            Class = "support_contacts"
	Codes               Class = "support_codes"
	OneTimeCodes        Class = "one_time_codes"
	CodeSends           Class = "code_sends" // the last sends to a number, a day after the last of them
	SupportMessages     Class = "support_messages"
	StaffSessions       Class = "staff_sessions"
	StaffLogouts        Class = "staff_logouts"
	StaffMembers        Class = "staff_members" // that have not signed in for long
	StaffPersons        Class = "staff_persons" // likewise
	StaffAccesses       Class = "staff_accesses"
	RequestCounts       Class = "request_counts"   // of problems and of what registries asked
	ProviderReports     Class = "provider_reports" // of replicas
)

const day = 24 * time.Hour

// rule is how long a class is kept. A class with neither setting nor period has rows that contain their own end.
type rule struct {
	class   Class
	setting func(Periods) int // days; nil if no setting determines the period
	name    string            // of the setting, without its prefix
	period  time.Duration
}

// rules returns the classes in the order in which they are purged: what names a person goes before accounts, which stay
// while something names them.
func rules() []rule {
	visit := func(p Periods) int { return p.VisitDays }
	proof := func(p Periods) int { return p.ProofDays }
	appointments := func(p Periods) int { return p.AppointmentDays }
	return []rule{
		{class: Portraits},
		{class: FailedVerifications, setting: visit, name: "VisitDays"},
		{class: PassedVerifications, setting: proof, name: "ProofDays"},
		{class: Prefills}, // ten minutes, which name sessions
		{class: Sessions, setting: visit, name: "VisitDays"},
		{class: UnusedConsents, setting: visit, name: "VisitDays"},
		{class: Consents, setting: proof, name: "ProofDays"},
		{class: UnansweredCases, setting: func(p Periods) int { return p.UnansweredDays }, name: "UnansweredDays"},
		{class: AnsweredCases, setting: func(p Periods) int { return p.CaseDays }, name: "CaseDays"},
		{class: Agreements, setting: func(p Periods) int { return p.AgreementDays }, name: "AgreementDays"},
		{class: Messages, setting: func(p Periods) int { return p.MessageDays }, name: "MessageDays"},
		{class: Events, setting: func(p Periods) int { return p.EventDays }, name: "EventDays"},
		{class: Fetches, setting: proof, name: "ProofDays"},
		{class: LiftedHolds, setting: proof, name: "ProofDays"},
		{class: Withholdings, setting: proof, name: "ProofDays"},
		{class: Corrections, setting: proof, name: "ProofDays"},
		{class: LiftedFreezes, setting: proof, name: "ProofDays"},
		{class: DroppedBars, period: 30 * day}, // a proposal can be approved for 14
		{class: Bars, setting: proof, name: "ProofDays"},
		{class: Reports, setting: proof, name: "ProofDays"},
		{class: Materials}, // 30 days after the decision
		{class: UnsentAppeals, setting: visit, name: "VisitDays"},
		{class: Appeals, setting: proof, name: "ProofDays"},
		{class: WindowPhotos, setting: func(p Periods) int { return p.PhotoDays }, name: "PhotoDays"},
		{class: WindowVisits, setting: proof, name: "ProofDays"},
		{class: VisitMisses, setting: proof, name: "ProofDays"},
		{class: Escalations, setting: proof, name: "ProofDays"},
		{class: BookedTimes, setting: appointments, name: "AppointmentDays"},
		{class: QueueNumbers, setting: appointments, name: "AppointmentDays"},
		{class: QueueCalls, setting: appointments, name: "AppointmentDays"},
		{class: OfficeCounts, setting: appointments, name: "AppointmentDays"},
		{class: Claims, period: 2 * day},      // they count on their day only
		{class: Quotas},                       // their windows end
		{class: Repetitions, period: day},     // as long as the store answers a repetition
		{class: Nonces},                       // as long as their signatures are accepted
		{class: Servings, period: day},        // no session lasts longer than twelve hours
		{class: Remembered},                   // 180 days at most
		{class: Invitations},                  // as long as their todos
		{class: Tickets},                      // seven days
		{class: Contacts},                     // as long as their tickets
		{class: Codes},                        // as long as the third party serves them
		{class: OneTimeCodes},                 // five minutes
		{class: CodeSends, period: day},       // the longest of their windows
		{class: SupportMessages, period: day}, // the third party repeats a message within seconds
		{class: StaffSessions, setting: visit, name: "VisitDays"},
		{class: StaffLogouts}, // one hour
		{class: StaffMembers, setting: proof, name: "ProofDays"},
		{class: StaffPersons, setting: proof, name: "ProofDays"},
		{class: StaffAccesses, setting: proof, name: "ProofDays"},
		{class: RequestCounts, period: 8 * day}, // the console shows seven
		{class: ProviderReports},                // one minute
		{class: Erasures, setting: proof, name: "ProofDays"},
		{class: Accounts, setting: func(p Periods) int { return p.AccountDays }, name: "AccountDays"},
	}
}

// perRegistry reports whether a registry may set the period of the class.
func (c Class) perRegistry() bool { return c == AnsweredCases }

// ofCases reports whether the rows are looked for registry by registry.
func (c Class) ofCases() bool { return c == AnsweredCases || c == UnansweredCases }
