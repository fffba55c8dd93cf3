package store_test

// exemptErasure returns statements that erase the rows of a person who asked for that under a live grant, which ends with
// the erasure.
func exemptErasure() []exemption {
	return []exemption{
		{"how far an erasure is, for anyone who has its unguessable id", "id = ?", []string{"erasure: SELECT erasures"}},
		{"of a worker: the erasures that are due", "<= ?", []string{"DueErasures: SELECT erasures"}},
		{"erases the account of the erasure", "account_id = ?", []string{
			"eraseAccount: DELETE prefills, sessions", "eraseAccount: DELETE servings, sessions", "eraseAccount: DELETE support_contacts, support_tickets",
		}},
		{"erases the subject of the erasure", "subject_id = ?", []string{
			"dropErasedVerifications: SELECT attempts, legal_holds, todos, verifications", "dropPortraitsOf: SELECT portraits", "eraseSubject: DELETE consents, prefills, remembered_documents",
			"eraseSubject: DELETE consents, remembered_documents", "eraseSubject: DELETE notification_messages, todos",
			"eraseSubject: UPDATE attempts, verifications", "eraseSubject: UPDATE confirmations, visit_answers", "moveTodos: UPDATE confirmations, legal_holds, portraits", "moveTodos: UPDATE confirmations", "moveBatch: UPDATE todos",
		}},
		{"what the erasure set aside", "subject_id = ?", []string{"eraseAnswers: SELECT confirmations, evidence_fetches, portraits, todos"}},
		{"what windows hold of the subject of the erasure, or of what it set aside", "subject_id = ?", []string{
			"keepHeldVisits: SELECT escalations, visits", "endKeptVisits: SELECT escalations, visits", "endKeptVisits: UPDATE confirmations, visit_answers",
			"moveVisits: SELECT visits", "moveEscalations: SELECT escalations", "movePapers: SELECT confirmations, visit_answers",
		}},
		{"of what the statement before found of that subject", "id = ?", []string{"movePhotos: SELECT visit_photos", "movePapers: UPDATE confirmations"}},
		{"whether a legal hold keeps a case or subject of the erasure", "owner_id = ?", []string{"isUnheld: UPDATE data_keys, legal_holds, todos"}},
		{"of what the statement before found", "id = ?", []string{"eraseKept: UPDATE confirmations", "eraseKept: UPDATE todos"}},
		{"whether something of the subject of the erasure has to stay", "subject_id = ?", []string{
			"isLeft: SELECT bars, subjects, verifications", "moveTodos: SELECT todos", "needsDocument: SELECT todos", "resealUndecided: SELECT attempts, verifications",
		}},
		{"whether a provider has yet to decide; the code chooses the column", "… = ?", []string{"hasUndecided: SELECT attempts, verifications"}},
		{"counts what an erasure has left, for anyone who has its unguessable id", "subject_id = ?", []string{
			"erasedKept: SELECT attempts, bars, budgets, confirmations, freezes, legal_holds, subjects, todos, verifications, visits",
		}},
		{"encrypts what has to stay under another key", ".id = ?", []string{
			"rekeyedUser: SELECT accounts, data_keys", "replaceSubjectKey: SELECT data_keys, subjects",
		}},
	}
}
