package store

import (
	"slices"

	"renzheng/retention"
)

// dueRows finds the rows of a class whose time has come.
type dueRows struct {
	class retention.Class
	keys  string // a SELECT of primary keys; each of its parameters is the time
	held  string // a SELECT that finds a hold in force on such a row; "" if no hold concerns the class
	order string // of an index, so that a batch reads no more rows than it takes; "" where that would lead MariaDB to another index
	at    string // the column that the time is compared with; "" = order
	byDay bool   // it holds civil dates
}

// The conditions of verifications. One with an undecided attempt stays until that is decided (R63).
const (
	decided   = " AND NOT EXISTS (SELECT 1 FROM attempts WHERE verification_id = verifications.id AND undecided = 1)"
	dueFailed = "passed_at = 0 AND created_at <= ?" + decided
	duePassed = "passed_at > 0 AND passed_at <= ?" + decided
)

// Each SELECT finds the due rows of one class, by an index.
const (
	dueAgreements  = "SELECT account_id, subject_id FROM notifications WHERE agreed_at <= ?"
	dueClaims      = "SELECT account_id, day, subject_id FROM account_subjects WHERE day <= ?"
	dueOneTime     = "SELECT id FROM one_time_codes WHERE expires_at <= ?"
	dueSends       = "SELECT hash FROM code_sends WHERE sent_1 <= ?"
	dueCodes       = "SELECT scene FROM support_codes WHERE expires_at <= ? AND making_until <= ?"
	dueConsents    = "SELECT id FROM consents WHERE accepted_at <= ?"
	dueContacts    = "SELECT user_hash FROM support_contacts WHERE until <= ?"
	dueEvents      = "SELECT id FROM events WHERE created_at <= ? AND delivery_state = 'delivered' AND position IS NOT NULL"
	dueFetches     = "SELECT confirmation_id, day FROM evidence_fetches WHERE day <= ?"
	dueHolds       = "SELECT id FROM legal_holds WHERE lifted_at > 0 AND lifted_at <= ?"
	dueInvitations = "SELECT todo_id, hash FROM invitations WHERE expires_at <= ?"
	dueMessages    = "SELECT account_id, case_row, revision, kind FROM notification_messages WHERE state IN ('dropped', 'sent') AND next_at <= ?"
	dueNonces      = "SELECT key_id, nonce FROM nonces WHERE until <= ?"
	duePortraits   = "SELECT id FROM portraits WHERE delete_after > 0 AND delete_after <= ?"
	duePrefills    = "SELECT session_id FROM prefills WHERE until <= ?"
	dueQuotas      = "SELECT scope FROM budgets WHERE ends_at <= ?"
	dueRemembered  = "SELECT account_id FROM remembered_documents WHERE until <= ?"
	dueRepetitions = "SELECT key_hash FROM idempotency_keys WHERE created_at <= ?"
	dueServings    = "SELECT session_id, todo_id, revision FROM servings WHERE served_at <= ?"
	dueSessions    = "SELECT id FROM sessions WHERE until <= ?"
	dueSupport     = "SELECT id FROM support_messages WHERE answered_at <= ?"
	dueTickets     = "SELECT id FROM support_tickets WHERE expires_at <= ?"
	dueUnused      = "SELECT id FROM consents WHERE subject_id = '' AND kind <> 'remember' AND accepted_at <= ?"
	dueAccounts    = "SELECT id FROM accounts WHERE idle_since > 0 AND idle_since <= ?"
	dueEscalations = "SELECT id FROM escalations WHERE due_at <= ?"
	dueVisits      = "SELECT id FROM visits WHERE expires_at <= ?"
	duePhotos      = "SELECT id FROM visit_photos WHERE kept_from <= ?"
	dueMisses      = "SELECT id FROM visit_misses WHERE at <= ?"
	dueBooked      = "SELECT id FROM appointments WHERE day <= ?"
	dueNumbers     = "SELECT id FROM queue_numbers WHERE day <= ?"
	dueCalls       = "SELECT id FROM queue_calls WHERE day <= ?"
	dueOfficeCount = "SELECT office, day, name FROM office_counts WHERE day <= ?"
	dueWithheld    = "SELECT confirmation_id FROM withheld_accesses WHERE until <= ?"
	dueCorrections = "SELECT id FROM corrections WHERE kept_from <= ?"
	dueStaff       = "SELECT id FROM staff_sessions WHERE until <= ?"
	dueLogouts     = "SELECT hash FROM staff_logouts WHERE until <= ?"
	dueMembers     = "SELECT hash FROM staff_members WHERE seen_at <= ?"
	duePersons     = "SELECT hash FROM staff_persons WHERE seen_at <= ?"
	dueReveals     = "SELECT id FROM staff_accesses WHERE at <= ?"
	dueBars        = "SELECT id FROM bars WHERE kept_from <= ?"
	dueDropped     = "SELECT id FROM bars WHERE kept_from <= ? AND state IN ('proposed', 'rejected')"
	dueFreezes     = "SELECT id FROM freezes WHERE lifted_at > 0 AND lifted_at <= ?"
	dueReports     = "SELECT confirmation_id FROM impersonation_reports WHERE kept_from <= ?"
	dueMaterials   = "SELECT id FROM appeal_materials WHERE delete_after > 0 AND delete_after <= ?"
	dueUnsent      = "SELECT id FROM appeals WHERE kept_from <= ? AND state IN ('draft', 'withdrawn')"
	dueAppeals     = "SELECT id FROM appeals WHERE kept_from <= ?"
	dueCounts      = "SELECT bucket, code, failure, channel, registry_id, step FROM request_counts WHERE bucket <= ?"
	dueReported    = "SELECT replica, provider, called FROM provider_reports WHERE until <= ?"
	dueErasures    = "SELECT id FROM erasures WHERE state = 'done' AND next_at <= ?"
	failedKeys     = "SELECT id FROM verifications WHERE " + dueFailed
	passedKeys     = "SELECT id FROM verifications WHERE " + duePassed
)

// Each SELECT finds a hold in force on the row whose columns it names. A hold names a case or a subject; their ids differ.
const (
	heldBySubject = "SELECT 1 FROM legal_holds h WHERE h.lifted_at = 0 AND h.owner_id = subject_id"
	heldBar       = "SELECT 1 FROM legal_holds h WHERE h.lifted_at = 0 AND h.owner_id = bars.subject_id"
	heldByCase    = "SELECT 1 FROM legal_holds h WHERE h.lifted_at = 0 AND h.owner_id = case_row"
	heldVisit     = "SELECT 1 FROM legal_holds h WHERE h.lifted_at = 0 AND h.owner_id IN (subject_id, case_row)"
	heldByTodo    = `SELECT 1 FROM legal_holds h JOIN todos t ON h.owner_id IN (t.case_row, t.subject_id)
		WHERE h.lifted_at = 0 AND t.id = todo_id`
	heldByAnswer = `SELECT 1 FROM legal_holds h JOIN confirmations c ON h.owner_id IN (c.case_row, c.subject_id)
		WHERE h.lifted_at = 0 AND c.id = confirmation_id`
	heldPortrait = `SELECT 1 FROM legal_holds h WHERE h.lifted_at = 0 AND h.owner_id = portraits.subject_id
		UNION ALL SELECT 1 FROM legal_holds h JOIN confirmations c ON c.case_row = h.owner_id
		WHERE h.lifted_at = 0 AND c.verification_id = portraits.verification_id`
	heldVerification = `SELECT 1 FROM legal_holds h WHERE h.lifted_at = 0 AND h.owner_id = verifications.subject_id
		UNION ALL SELECT 1 FROM legal_holds h JOIN todos t ON t.case_row = h.owner_id WHERE h.lifted_at = 0 AND t.id = verifications.todo_id`
	heldSession = `SELECT 1 FROM legal_holds h JOIN verifications v ON v.subject_id = h.owner_id
		WHERE h.lifted_at = 0 AND v.session_id = sessions.id`
	heldAccount = `SELECT 1 FROM legal_holds h JOIN verifications v ON v.subject_id = h.owner_id
		WHERE h.lifted_at = 0 AND v.account_id = accounts.id`
)

// dueOf returns how to find the due rows of a class, and false for the classes of cases.
func dueOf(c retention.Class) (dueRows, bool) {
	all := allDue()
	i := slices.IndexFunc(all, func(d dueRows) bool { return d.class == c })
	if i < 0 {
		return dueRows{}, false
	}
	return all[i], true
}

func allDue() []dueRows {
	return []dueRows{
		{class: retention.Portraits, keys: duePortraits, held: heldPortrait, order: "delete_after"},
		{class: retention.FailedVerifications, keys: failedKeys, held: heldVerification, order: "created_at"},
		{class: retention.PassedVerifications, keys: passedKeys, held: heldVerification, order: "passed_at"},
		{class: retention.Sessions, keys: dueSessions, held: heldSession, order: "until"},
		{class: retention.UnusedConsents, keys: dueUnused, at: "accepted_at"},
		{class: retention.Consents, keys: dueConsents, held: heldBySubject, order: "accepted_at"},
		{class: retention.Agreements, keys: dueAgreements, held: heldBySubject, order: "agreed_at"},
		{class: retention.Messages, keys: dueMessages, held: heldByCase, at: "next_at"},
		{class: retention.Events, keys: dueEvents, held: heldByCase, order: "created_at"},
		{class: retention.Fetches, keys: dueFetches, held: heldByAnswer, order: "day", byDay: true},
		{class: retention.LiftedHolds, keys: dueHolds, order: "lifted_at"},
		{class: retention.Withholdings, keys: dueWithheld, order: "until"},
		{class: retention.Corrections, keys: dueCorrections, held: heldBySubject, order: "kept_from"},
		{class: retention.LiftedFreezes, keys: dueFreezes, held: heldBySubject, order: "lifted_at"},
		{class: retention.DroppedBars, keys: dueDropped, held: heldBySubject, order: "kept_from"},
		{class: retention.Bars, keys: dueBars, held: heldBySubject, order: "kept_from"},
		{class: retention.Reports, keys: dueReports, held: heldByAnswer, order: "kept_from"},
		{class: retention.Materials, keys: dueMaterials, held: heldBySubject, order: "delete_after"},
		{class: retention.UnsentAppeals, keys: dueUnsent, held: heldBySubject, order: "kept_from"},
		{class: retention.Appeals, keys: dueAppeals, held: heldBySubject, order: "kept_from"},
		{class: retention.Escalations, keys: dueEscalations, held: heldVisit, order: "due_at"},
		{class: retention.WindowPhotos, keys: duePhotos, held: heldVisit, order: "kept_from"},
		{class: retention.WindowVisits, keys: dueVisits, held: heldVisit, order: "expires_at"},
		{class: retention.VisitMisses, keys: dueMisses, order: "at"},
		{class: retention.BookedTimes, keys: dueBooked, order: "day", byDay: true},
		{class: retention.QueueNumbers, keys: dueNumbers, order: "day", byDay: true},
		{class: retention.QueueCalls, keys: dueCalls, order: "day", byDay: true},
		{class: retention.OfficeCounts, keys: dueOfficeCount, order: "day", byDay: true},
		{class: retention.Claims, keys: dueClaims, held: heldBySubject, order: "day", byDay: true},
		{class: retention.Quotas, keys: dueQuotas, order: "ends_at"},
		{class: retention.Repetitions, keys: dueRepetitions, order: "created_at"},
		{class: retention.Nonces, keys: dueNonces, order: "until"},
		{class: retention.Servings, keys: dueServings, held: heldByTodo, order: "served_at"},
		{class: retention.Prefills, keys: duePrefills, order: "until"},
		{class: retention.Remembered, keys: dueRemembered, order: "until"},
		{class: retention.Invitations, keys: dueInvitations, held: heldByTodo, order: "expires_at"},
		{class: retention.Tickets, keys: dueTickets, order: "expires_at"},
		{class: retention.Contacts, keys: dueContacts, order: "until"},
		{class: retention.Codes, keys: dueCodes, order: "expires_at"},
		{class: retention.OneTimeCodes, keys: dueOneTime, order: "expires_at"},
		{class: retention.CodeSends, keys: dueSends, order: "sent_1"},
		{class: retention.SupportMessages, keys: dueSupport, order: "answered_at"},
		{class: retention.StaffSessions, keys: dueStaff, order: "until"},
		{class: retention.StaffLogouts, keys: dueLogouts, order: "until"},
		{class: retention.StaffMembers, keys: dueMembers, order: "seen_at"},
		{class: retention.StaffPersons, keys: duePersons, order: "seen_at"},
		{class: retention.StaffAccesses, keys: dueReveals, held: heldBySubject, order: "at"},
		{class: retention.RequestCounts, keys: dueCounts, order: "bucket"},
		{class: retention.ProviderReports, keys: dueReported, order: "until"},
		{class: retention.Erasures, keys: dueErasures, order: "next_at"},
		{class: retention.Accounts, keys: dueAccounts, held: heldAccount, order: "idle_since"},
	}
}
