package store_test

// exemption says why some statements on personal rows join no live grant.
type exemption struct {
	why   string
	by    string   // what their rows are found by instead; "" where that is nobody's to choose
	names []string // as statement.name gives them
}

func exemptions() []exemption {
	return append(append(exemptBefore(), exemptRules()...), exemptWork()...)
}

// exemptBefore are reads of what is not a person's, or not yet.
func exemptBefore() []exemption {
	return []exemption{
		{"the session itself, with the grant that it has", "token_hash = ?", []string{
			"findSession: SELECT accounts, data_keys, grants, sessions",
		}},
		{"rows of the account, which are no person's", "account_id = ?", []string{
			"Consents: SELECT consents", "OpenTicket: SELECT support_tickets",
			"Ticket: SELECT support_tickets", "closeSurplus: SELECT sessions",
		}},
		{"the account's record in its channel, before anybody is verified", "session_id = ?", []string{
			"prefill: SELECT data_keys, prefills",
		}},
		{"found by a keyed hash of what the caller brings", "hash", []string{
			"findClaim: SELECT idempotency_keys", "findOrCreateAccount: SELECT account_keys",
			"findSubjects: SELECT data_keys, subject_keys", "putContact: SELECT support_contacts",
			"AttachedTicket: SELECT support_contacts, support_tickets",
		}},
		{"a ticket holds nothing of a person, and is for whoever brings it", "t.expires_at > ?", []string{
			"AttachTicket: SELECT support_tickets",
		}},
		{"the account's consent that the statements before found or inserted", "id = ?", []string{
			"InsertConsent: SELECT consents", "withdrawLike: SELECT consents",
		}},
		{"the acceptance makes the grant, or finds the one that it made", "id = ?", []string{
			"acceptedBefore: SELECT grants, verifications", "makeGrant: SELECT data_keys, verifications", "makeGrant: UPDATE portraits",
		}},
	}
}

// exemptRules are reads that decide, and show nothing.
func exemptRules() []exemption {
	return []exemption{
		{"limits and earlier passes of account and subject, known before there is a grant", "account_id = ? AND", []string{
			"HasPassed: SELECT attempts", "RecentPass: SELECT accounts, attempts, data_keys",
		}},
		{"moves an open verification of the session on: one for confirm is not open after its grant", "session_id = ?", []string{
			"mayReserve: SELECT checks, verifications", "mayReserve: UPDATE checks, consents, verifications",
			"settleVerification: UPDATE grants, verifications",
		}},
		{"what ends with the session, a new verification or a grant", "session_id = ?", []string{
			"VoidVerification: SELECT verifications", "voidBefore: SELECT verifications", "voidUnder: SELECT verifications",
		}},
		{"what ends with the session or account, whose column is chosen here", "… = ?", []string{
			"endGrants: SELECT grants", "voidVerifications: SELECT verifications",
		}},
		{"attempts of a verification that the same transaction changed", "id = ?", []string{
			"noneRunning: SELECT attempts", "supersede: SELECT attempts", "reservedBy: SELECT attempts",
			"dropPortraitOf: SELECT verifications",
		}},
		{"erases a portrait that the statement before let go", "id = ?", []string{"dropPortrait: DELETE portraits"}},
		{"follows Ready, which joins the grant; the answer joins it again", "verification_id IN (?, ?)", []string{
			"proof: SELECT attempts, checks, consents",
		}},
		{"follows the insert that joins the grant, and says why it did not match", "subject_id = ?", []string{
			"whyNotBound: SELECT todos",
		}},
		{"whether a registry was told of a todo; the person is not", "todo_id = ?", []string{"InsertEvent: SELECT events"}},
	}
}

// exemptWork are statements of registries on their own cases, and of workers, who answer nobody.
func exemptWork() []exemption {
	return []exemption{
		{"the registry's own cases", "registry_id = ?", []string{
			"CloseSigner: UPDATE todos", "Evidence: SELECT cases, confirmations, data_keys, todos", "Feed: SELECT confirmations, events",
			"Standing: SELECT confirmations, data_keys, todos", "readCase: SELECT cases, data_keys", "ClaimDeliveries: SELECT events",
		}},
		{"of the registry's case that the statement before found or moved on", "case_row = ?", []string{
			"endTodos: UPDATE todos", "newestTodos: SELECT todos", "queueAlerts: INSERT alert_messages, alerts, todos",
			"queueAlerts: UPDATE alert_messages, alerts, todos",
		}},
		{"of the answer that Evidence found in the registry's own case", "id = ?", []string{
			"auditEvidence: UPDATE evidence_fetches, portraits", "fillEvidence: SELECT data_keys, handwritings, portraits, todos",
		}},
		{"a worker's: the rows that are due", "", []string{
			"ClaimAlerts: SELECT accounts, alert_messages, data_keys, todos", "ClaimDeliveries: SELECT confirmations, events",
			"AnnouncePortraits: SELECT confirmations, portraits", "AnnouncePortraits: UPDATE portraits", "ExpireTodos: SELECT todos", "ExpireVerifications: SELECT verifications", "Unrendered: SELECT confirmations, data_keys, handwritings",
			"Unsettled: SELECT accounts, attempts, data_keys", "pending: SELECT checks, data_keys, verifications", "expireTodo: UPDATE todos",
			"putHandwriting: UPDATE handwritings", "unsequenced: SELECT events",
		}},
		{"a worker's: rows whose time is over are erased", "<= ?", []string{
			"Purge: DELETE alert_messages", "Purge: DELETE idempotency_keys", "Purge: DELETE prefills", "Purge: DELETE servings",
			"PurgeSupport: DELETE support_contacts", "PurgeSupport: DELETE support_tickets", "purgePortraits: SELECT portraits",
			"Purge: DELETE alerts", "Purge: DELETE consents", "Purge: DELETE sessions", "purgeDays: DELETE account_subjects",
			"purgeVerifications: SELECT attempts, verifications", "dropDuePortrait: DELETE portraits",
		}},
		{"erases a subject that nobody saw, whose verifications were purged before", "subject_id = ?", []string{
			"dropUnseenSubject: SELECT todos, verifications",
		}},
		{"bff rekey: every row in turn, sealed anew", "", []string{
			"rehash: SELECT …", "rehashAccounts: SELECT accounts, data_keys", "rehashSubjects: SELECT data_keys, subjects",
			"rekeySteps: SELECT accounts", "rekeySteps: SELECT idempotency_keys", "rekeySteps: SELECT subjects",
			"renewAnswers: SELECT idempotency_keys",
		}},
	}
}
