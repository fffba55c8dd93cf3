package store_test

// exemptStaff returns statements of members of staff. Their sessions belong to no person, and what they are shown of a
// person is recorded first.
func exemptStaff() []exemption {
	return []exemption{
		{"the member's own session", "token_hash = ?", []string{"FindStaffSession: SELECT staff_sessions"}},
		{"sessions of one member, to end them", "", []string{
			"closeStaffSession: SELECT staff_sessions", "closeSurplusStaff: SELECT staff_sessions",
			"staffSessionsOf: SELECT staff_members, staff_sessions", "staffSessionsOf: SELECT staff_sessions",
		}},
		{"found by a keyed hash of what the identity provider claims", "hash IN (?)", []string{
			"seeMember: SELECT staff_members", "seePerson: SELECT staff_persons", "wasSignedOut: SELECT staff_logouts",
		}},
		{"the hashes of the member's own document", "person = ?", []string{"ownHashesOf: SELECT staff_persons"}},
		{"reveals to a member: the access is stored first, in the same transaction", "", []string{
			"RevealCorrection: SELECT corrections, data_keys", "RevealDocument: SELECT corrections, data_keys, legal_holds, subjects",
			"recordAccess: INSERT staff_accesses, staff_persons, subject_keys, subjects", "recordAccess: SELECT staff_persons, subject_keys",
		}},
		{"of the officer's lists: ids, states and times", "", []string{
			"ErasureList: SELECT erasures", "SealedCorrection: SELECT corrections", "SettleCorrection: UPDATE corrections, staff_persons, subject_keys",
			"isOwnCorrection: SELECT corrections, staff_persons, subject_keys",
		}},
		{"for support, after the access was recorded for each person: ids, states and times", "", []string{
			"findRevealed: SELECT support_tickets, verifications", "findRevealed: SELECT verifications", "revealedSessions: SELECT accounts, sessions",
		}},
		{"of an operator: tickets, which contain nothing personal", "", []string{
			"AnswerTicket: SELECT support_tickets", "SupportTicket: SELECT support_contacts, support_tickets", "SupportTickets: SELECT support_tickets", "TicketFailures: SELECT support_tickets",
		}},
		{"of an operator: numbers, states and times of the service, of nobody", "", []string{
			"Counts: SELECT request_counts", "RegistryBacklogs: SELECT events", "ReportedProviders: SELECT provider_reports",
			"allDue: SELECT provider_reports", "allDue: SELECT request_counts",
		}},
		{"of an auditor: ids, words and times", "at <= ?", []string{"StaffAccesses: SELECT staff_accesses"}},
		{"of the purge: what is due", "<= ?", []string{
			"allDue: SELECT staff_accesses", "allDue: SELECT staff_logouts", "allDue: SELECT staff_members", "allDue: SELECT staff_persons", "allDue: SELECT staff_sessions",
		}},
		{"of a rotation of keys", "", []string{"rekeyStaff: SELECT staff_sessions", "rekeySteps: SELECT staff_sessions"}},
	}
}
