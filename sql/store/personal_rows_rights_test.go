package store_test

// exemptRights returns reads of a person's copy of rows that belong to the account or name the subject by their own id. Each
// joins the live grant as the others do.
func exemptRights() []exemption {
	const live = "g.session_id = ? AND g.subject_id = ? AND g.ended_at = 0 AND g.until > ?"
	return []exemption{
		{"of the account of the live grant, and of its subject", live, []string{
			"exportParts: SELECT accounts, grants", "exportParts: SELECT consents, grants", "exportParts: SELECT grants, prefills",
			"exportParts: SELECT grants, sessions", "exportParts: SELECT grants, subjects",
			"exportParts: SELECT grants, support_contacts, support_tickets", "exportParts: SELECT grants, support_tickets",
		}},
		{"of an operator's commands: ids, states and times, and the words of one person, whose reading is recorded first", "", []string{
			"CorrectionList: SELECT corrections", "ReadCorrection: SELECT corrections, data_keys", "SettleCorrection: SELECT corrections",
		}},
		{"of the purge: what is due", "<= ?", []string{
			"allDue: SELECT corrections", "allDue: SELECT bars", "allDue: SELECT freezes", "allDue: SELECT impersonation_reports", "allDue: SELECT withheld_accesses",
		}},
		{"of a reviewer, without the person and never their own", "AS own", []string{
			"ProposeBar: INSERT bars, staff_persons, subject_keys, subjects", "RevealBar: SELECT bars, data_keys, staff_persons, subject_keys, subjects", "changeBar: SELECT bars, staff_persons, subject_keys", "changeBar: UPDATE bars, staff_persons, subject_keys",
		}},
		{"reason and end of a bar, for reviewers or for whom the verification is about", "", []string{"BarOf: SELECT bars", "Bars: SELECT bars, staff_persons, subject_keys", "endAppealed: SELECT appeals, bars"}},
		{"of the purge; nothing of it is returned", "id = ?", []string{"purgeBars: DELETE bars, legal_holds", "purgeBars: SELECT bars"}},
		{"freezes a number under the live grant of its person", "g.session_id = ? AND g.subject_id = ? AND g.ended_at = 0 AND g.until > ?", []string{
			"Freeze: UPDATE grants, subjects",
		}},
		{"the session's own verification, which lifts the freeze of its subject", "id = ?", []string{
			"Lift: SELECT verifications", "lift: SELECT freezes", "liftedBefore: SELECT freezes",
		}},
		{"decides whether a verification may pass; no answer shows it", "id = ?", []string{
			"holdPassing: SELECT bars", "holdPassing: UPDATE bars, freezes, subjects", "holdUnfrozenSubject: SELECT freezes, subjects", "holdUnfrozenSubject: UPDATE freezes, subjects",
		}},
		{"of the account: when it placed a freeze, and not on whose number", "f.account_id = ?", []string{"PlacedFreezes: SELECT freezes"}},
		{"events for registries: ids of todos", "t.subject_id = ?", []string{"announceFreeze: SELECT events, todos"}},
		{"numbers for the operator", "created_at >= ? AND created_at < ?", []string{"CountBegun: SELECT verifications", "CountReached: SELECT checks, verifications", "CountVerifications: SELECT verifications"}},
		{"of a replay for the operator, which returns numbers", "", []string{
			"EachVerifications: SELECT verifications", "replayed: SELECT checks", "replayedAttempts: SELECT attempts",
		}},
		{"of reviewers: ids, states and times", "", []string{"Reports: SELECT confirmations, impersonation_reports"}},
		{"whether a report is the member's own", "AS own", []string{"SettleReport: SELECT confirmations, staff_persons, subject_keys", "SettleReport: UPDATE confirmations, impersonation_reports, staff_persons, subject_keys"}},
		{"of an operator's commands: ids, times and the operator's own words", "", []string{
			"Withhold: SELECT cases, confirmations, todos, withheld_accesses", "Withholdings: SELECT confirmations, withheld_accesses",
		}},
	}
}
