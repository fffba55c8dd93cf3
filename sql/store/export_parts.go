package store

// exportPart finds a person's rows of a table. A table may have several parts, which have no row in common.
type exportPart struct {
	table string
	owner string // the column that names the owner of the data key of its sealed columns; "" if none is opened
	query string // with the parameters of liveGrant, and of withheldNow if it has that
}

const (
	// ownVerification leaves out what strangers tried under the person's document and did not pass (R12).
	ownVerification = ` x.subject_id = g.subject_id AND (x.account_id = g.account_id OR x.passed_at > 0) `
	ofVerifications = `SELECT x.* FROM grants g JOIN verifications x ON` + ownVerification + `WHERE ` + liveGrant
	// ownAppeals has those against a failure before any verification too, which name nobody.
	ownAppeals = ` grants g JOIN appeals x ON x.account_id = g.account_id AND x.subject_id IN (g.subject_id, '') `
	ofTodos    = ` FROM grants g JOIN todos t ON t.subject_id = g.subject_id `
	ofAnswers  = ` FROM grants g JOIN confirmations c ON c.subject_id = g.subject_id `
)

// exportParts returns a part for each table that a person's copy has. Each joins the live grant.
func exportParts() []exportPart {
	return []exportPart{
		{"subjects", "id", `SELECT x.* FROM grants g JOIN subjects x ON x.id = g.subject_id WHERE ` + liveGrant},
		{"accounts", "id", `SELECT x.* FROM grants g JOIN accounts x ON x.id = g.account_id WHERE ` + liveGrant},
		{"subscribers", "account_id", `SELECT x.* FROM grants g JOIN subscribers x ON x.account_id = g.account_id WHERE ` + liveGrant},
		{"sessions", "", `SELECT x.* FROM grants g JOIN sessions x ON x.account_id = g.account_id WHERE ` + liveGrant},
		{"prefills", "", `SELECT x.* FROM grants g JOIN prefills x ON x.account_id = g.account_id WHERE ` + liveGrant},
		{"remembered_documents", "account_id", `SELECT x.* FROM grants g JOIN remembered_documents x ON x.account_id = g.account_id
			JOIN consents c ON c.id = x.consent_id AND c.subject_id = g.subject_id WHERE ` + liveGrant},
		{"account_subjects", "", `SELECT x.* FROM grants g JOIN account_subjects x ON x.account_id = g.account_id AND x.subject_id = g.subject_id
			WHERE ` + liveGrant},
		{"grants", "subject_id", `SELECT x.* FROM grants g JOIN grants x ON x.account_id = g.account_id AND x.subject_id = g.subject_id WHERE ` + liveGrant},
		{"verifications", "subject_id", ofVerifications},
		{"checks", "", `SELECT y.* FROM grants g JOIN verifications x ON` + ownVerification + `JOIN checks y ON y.verification_id = x.id WHERE ` + liveGrant},
		{"attempts", "subject_id", `SELECT y.* FROM grants g JOIN verifications x ON` + ownVerification + `JOIN attempts y ON y.verification_id = x.id
			WHERE ` + liveGrant},
		{"portraits", "id", `SELECT x.* FROM grants g JOIN portraits x ON x.subject_id = g.subject_id WHERE ` + liveGrant},
		{"consents", "", `SELECT x.* FROM grants g JOIN consents x ON x.subject_id = g.subject_id WHERE ` + liveGrant},
		{"consents", "", `SELECT x.* FROM grants g JOIN consents x ON x.account_id = g.account_id AND x.subject_id = '' WHERE ` + liveGrant},
		{"notifications", "", `SELECT x.* FROM grants g JOIN notifications x ON x.account_id = g.account_id AND x.subject_id = g.subject_id WHERE ` + liveGrant},
		{"support_tickets", "", `SELECT x.* FROM grants g JOIN support_tickets x ON x.account_id = g.account_id WHERE ` + liveGrant},
		{"appointments", "", `SELECT x.* FROM grants g JOIN appointments x ON x.account_id = g.account_id WHERE ` + liveGrant},
		{"queue_numbers", "", `SELECT x.* FROM grants g JOIN queue_numbers x ON x.account_id = g.account_id WHERE ` + liveGrant},
		{"corrections", "subject_id", `SELECT x.* FROM grants g JOIN corrections x ON x.subject_id = g.subject_id WHERE ` + liveGrant},
		{"staff_accesses", "", `SELECT y.*` + ofReveals},
		{"staff_accesses", "", `SELECT y.*` + ofAppealReveals},
		{"freezes", "", `SELECT x.* FROM grants g JOIN freezes x ON x.subject_id = g.subject_id WHERE ` + liveGrant},
		{"bars", "", `SELECT x.* FROM grants g JOIN bars x ON x.subject_id = g.subject_id AND x.decided_at > 0 WHERE ` + liveGrant},
		{"impersonation_reports", "", `SELECT x.*` + ofAnswers + `JOIN impersonation_reports x ON x.confirmation_id = c.id WHERE ` + liveGrant},
		{"appeals", "id", `SELECT x.* FROM` + ownAppeals + `WHERE ` + liveGrant},
		{"appeal_messages", "appeal_id", `SELECT y.* FROM` + ownAppeals + `JOIN appeal_messages y ON y.appeal_id = x.id WHERE ` + liveGrant},
		{"appeal_materials", "", `SELECT y.* FROM` + ownAppeals + `JOIN appeal_materials y ON y.appeal_id = x.id WHERE ` + liveGrant},
		{"appeal_readings", "appeal_id", `SELECT y.* FROM` + ownAppeals + `JOIN appeal_readings y ON y.appeal_id = x.id WHERE ` + liveGrant},
		{"escalations", "subject_id", `SELECT x.* FROM grants g JOIN escalations x ON x.subject_id = g.subject_id WHERE ` + liveGrant},
		{"visits", "subject_id", `SELECT x.* FROM grants g JOIN visits x ON x.subject_id = g.subject_id WHERE ` + liveGrant},
		{"visit_photos", "", `SELECT x.* FROM grants g JOIN visit_photos x ON x.subject_id = g.subject_id WHERE ` + liveGrant},
		{"support_contacts", "", `SELECT x.* FROM grants g JOIN support_tickets y ON y.account_id = g.account_id JOIN support_contacts x ON x.ticket_id = y.id
			WHERE ` + liveGrant},

		{"todos", "case_row", `SELECT t.*` + ofTodos + `WHERE ` + liveGrant},
		{"cases", "", `SELECT DISTINCT x.*` + ofTodos + `JOIN cases x ON x.id = t.case_row WHERE ` + liveGrant},
		{"case_ends", "", `SELECT DISTINCT x.*` + ofTodos + `JOIN case_ends x ON x.case_row = t.case_row WHERE ` + liveGrant},
		{"invitations", "", `SELECT x.*` + ofTodos + `JOIN invitations x ON x.todo_id = t.id WHERE ` + liveGrant},
		{"servings", "", `SELECT x.* FROM grants g JOIN sessions s ON s.account_id = g.account_id JOIN servings x ON x.session_id = s.id
			JOIN todos t ON t.id = x.todo_id AND t.subject_id = g.subject_id WHERE ` + liveGrant},
		{"notification_messages", "", `SELECT x.*` + ofTodos + `JOIN notification_messages x ON x.todo_id = t.id AND x.account_id = g.account_id
			WHERE ` + liveGrant},
		{"events", "", `SELECT x.*` + ofTodos + `JOIN events x ON x.todo_id = t.id WHERE ` + liveGrant},
		{"confirmations", "case_row", `SELECT c.*` + ofAnswers + `WHERE ` + liveGrant},
		{"visit_answers", "subject_id", `SELECT x.*, c.subject_id` + ofAnswers + `JOIN visit_answers x ON x.confirmation_id = c.id WHERE ` + liveGrant},
		{"answer_scans", "", `SELECT x.*` + ofAnswers + `JOIN answer_scans x ON x.confirmation_id = c.id WHERE ` + liveGrant},
		{"evidence_fetches", "", `SELECT f.*` + ofAnswers + `JOIN evidence_fetches f ON f.confirmation_id = c.id WHERE ` + liveGrant + withheldNow},
	}
}
