package store_test

// exemptWindow returns reads for members of the staff, who have no grant: their roles and offices are checked by the rules.
func exemptWindow() []exemption {
	return []exemption{
		{"a visit of the member's own office", "office = ?", []string{"readVisit: SELECT visits", "Visits: SELECT visits", "changeVisit: UPDATE staff_accesses, staff_persons, subject_keys, todos, visits"}},
		{"the sealed evidence of a visit that was read for its office, to compare it", "v.id = ?", []string{"sealedEvidenceOf: SELECT visits"}},
		{"whether this member was shown the evidence of that visit, or the person of that bar", "l.member_id = ?", []string{"undecided: SELECT staff_accesses", "mayLook: SELECT staff_accesses", "wasShownBar: SELECT staff_accesses"}},
		{"what was seen in a visit that was read for its office, after the access was recorded", "v.id = ?", []string{"openEvidence: SELECT data_keys, visits"}},
		{"a photo of a visit that was read for its office, for a member to whom its evidence was shown", "p.visit_id = ? AND p.side = ?", []string{
			"openPhoto: SELECT data_keys, visit_photos",
		}},
		{"the signed paper of an answer that was read for its registry", "confirmation_id = ?", []string{"readScan: SELECT answer_scans"}},
		{"an answer in a verified visit of the office, which is of the same person and case", "v.office = ? AND v.state = 'verified'", []string{
			"answerVisited: UPDATE staff_persons, subject_keys, todos, visits",
		}},
		{"the answer to a todo that the statement before read in a verified visit", "todo_id = ?", []string{
			"AnsweredAtWindow: SELECT confirmations, data_keys, todos",
		}},
		{"ids and times of the answers in a visit of the member's own office", "a.office = ?", []string{"VisitAnswers: SELECT confirmations, visit_answers"}},
		{"how that answer was given, if it was given in the visit", "visit_id = ?", []string{"AnsweredAtWindow: SELECT visit_answers"}},
		{"ids and states of a case, for a clerk who was told its number", "case_row = ?", []string{"SignersOf: SELECT todos"}},
		{"the cases of a person whose document a clerk typed, which are recorded for them", "t.subject_id = ?", []string{"askingCases: SELECT cases, todos"}},
		{"the id of a case, for a clerk who was told its number", "case_id = ?", []string{"findCase: SELECT cases"}},
		{"a ticket, for a clerk who was told its code; it contains nothing personal", "t.code = ?", []string{"TicketOf: SELECT support_tickets"}},
		{"what was tried, without anything personal, by the account of that ticket", "account_id = ?", []string{"ticketTraces: SELECT verifications"}},
		{"what was tried, without anything personal, for the person of a visit of the office", "subject_id = ?", []string{
			"personTraces: SELECT verifications",
		}},
		{"whether a member is concerned by what they do", "AS own", []string{"isOwn: SELECT staff_persons, subject_keys, todos"}},
		{"an escalation of one of its two offices", "centre = ?", []string{
			"Escalations: SELECT escalations", "readEscalation: SELECT escalations",
		}},
		{"the words of an escalation that was read for its offices, after the access was recorded", "id = ?", []string{"openEscalation: SELECT escalations"}},
		{"of the purge: what is due", "<= ?", []string{"allDue: SELECT escalations", "allDue: SELECT visit_misses", "allDue: SELECT visit_photos", "allDue: SELECT visits"}},
		{"the ledger, which names nobody but the staff", "sequence > ?", []string{"LedgerEntries: SELECT ledger_entries"}},
	}
}
