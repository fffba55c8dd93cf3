package store_test

import "slices"

// exemption is the reason why some statements on personal rows join no live grant.
type exemption struct {
	why   string
	by    string   // the condition that finds their rows instead; "" if no client chooses the rows
	names []string // of statement.name
}

func exemptions() []exemption {
	return slices.Concat(exemptBefore(), exemptRules(), exemptWork(), exemptErasure(), exemptRetention(), exemptRights(), exemptStaff(), exemptAppeals(), exemptWindow(), exemptAppointments(), exemptSubscribers())
}

// exemptBefore returns reads of rows that belong to no person, or not yet.
func exemptBefore() []exemption {
	return []exemption{
		{"the session itself, with the grant that it has", "token_hash = ?", []string{
			"findSession: SELECT accounts, data_keys, grants, prefills, sessions, verifications",
		}},
		{"rows of the account, which belong to no person", "account_id = ?", []string{
			"Consents: SELECT consents", "OpenTicket: SELECT support_tickets",
			"Ticket: SELECT support_tickets", "closeSurplus: SELECT sessions",
		}},
		{"the session itself, to change it", "id = ?", []string{"openToken: SELECT sessions"}},
		{"the channel's id of an account, which is compared with what the channel itself reports", "u.id = ?", []string{
			"ChannelUser: SELECT accounts, data_keys",
		}},
		{"the account's record in its channel, before anybody is verified", "session_id = ?", []string{
			"prefill: SELECT data_keys, prefills",
		}},
		{"the document that the account's person agreed to have remembered, which is shown masked and proves nothing", "r.account_id = ?", []string{
			"remembered: SELECT consents, data_keys, remembered_documents",
		}},
		{"the session's own answers under a grant that only its time has ended, shown masked and only where the policy allows it", "g.session_id = ?", []string{
			"SessionConfirmations: SELECT confirmations, data_keys, grants, todos, verifications", "SessionConfirmations: SELECT grants",
		}},
		{"found by a keyed hash of what the caller sends", "hash", []string{
			"findClaim: SELECT idempotency_keys", "findOrCreateAccount: SELECT account_keys, accounts, data_keys",
			"findSubjects: SELECT data_keys, subject_keys, subjects", "putContact: SELECT support_contacts",
			"AttachedTicket: SELECT support_contacts, support_tickets",
		}},
		{"a ticket contains no personal data, and belongs to any client that has its id", "t.expires_at > ?", []string{
			"AttachTicket: SELECT support_tickets",
		}},
		{"the account's consent that the statements before found or inserted", "id = ?", []string{
			"InsertConsent: SELECT consents", "withdrawLike: SELECT consents",
		}},
		{"the session's own consent to an owner check, before anybody is verified", "session_id = sessions.id", []string{
			"TakeOwnerCheck: UPDATE consents, sessions",
		}},
		{"the acceptance makes the grant, or finds the one that it made", "id = ?", []string{
			"acceptedBefore: SELECT grants, verifications", "acceptOne: SELECT data_keys, verifications",
			"acceptOne: UPDATE bars, freezes, subjects, verifications", "makeGrant: UPDATE portraits",
		}},
	}
}

// exemptRules returns reads that rules decide by, and that no answer shows.
func exemptRules() []exemption {
	return []exemption{
		{"limits and earlier passes of account and subject, known before there is a grant", "account_id = ? AND", []string{
			"HasPassed: SELECT attempts", "LeftUntil: SELECT attempts", "RecentPass: SELECT attempts, data_keys",
		}},
		{"changes an open verification of the session; a confirm verification is not open after its grant", "session_id = ?", []string{
			"mayReserve: SELECT checks, verifications", "mayReserve: UPDATE checks, consents, verifications",
			"readSteps: SELECT checks, verifications", "Attach: SELECT attempts, data_keys",
		}},
		{"verifications that end with the session, a new verification or a grant", "session_id = ?", []string{
			"VoidVerification: SELECT verifications", "voidBefore: SELECT verifications", "voidUnder: SELECT verifications",
		}},
		{"rows that end with the session or account; the code chooses the column", "… = ?", []string{
			"endGrants: SELECT grants", "voidVerifications: SELECT verifications",
		}},
		{"attempts of a verification that the same transaction changed", "id = ?", []string{
			"noneRunning: SELECT attempts", "supersede: SELECT attempts", "readAttempt: SELECT attempts",
		}},
		{"the tag of a row that the same transaction read, and the end of the grant that its verification was begun under", "id = ?", []string{
			"missed: SELECT …", "usableUntil: SELECT grants",
		}},
		{"erases a portrait that the statement before released", "id = ?", []string{"dropPortrait: DELETE portraits"}},
		{"follows Ready, which joins the grant; the answer joins it again", "verification_id IN (?, ?)", []string{
			"proof: SELECT attempts, checks, consents",
		}},
		{"follows the insert that joins the grant, and finds out why it did not match", "subject_id = ?", []string{
			"whyNotBound: SELECT todos",
		}},
		{"makes an event of an open todo; nothing of it is returned", "t.registry_id IN (?)", []string{
			"announceVerified: INSERT events, todos, verifications", "announceViewed: INSERT events, todos",
		}},
		{"whether a registry was notified about a todo; the person does not see the result", "todo_id = ?", []string{"InsertEvent: SELECT events"}},
	}
}

// exemptWork returns statements of registries on their own cases, and of workers, which answer no client.
func exemptWork() []exemption {
	return []exemption{
		{"the registry's own cases", "registry_id = ?", []string{
			"CloseSigner: SELECT todos", "CloseSigner: UPDATE todos", "PutInvitation: INSERT invitations, todos", "Evidence: SELECT cases, confirmations, data_keys, todos", "Feed: SELECT confirmations, events",
			"caseListing: SELECT cases", "Standing: SELECT confirmations, data_keys, todos", "readCase: SELECT cases, data_keys", "ClaimDeliveries: SELECT events",
		}},
		{"of the registry's case that the statement before found or changed", "case_row = ?", []string{
			"endBatch: UPDATE todos", "newestTodos: SELECT freezes, todos", "queueNotifications: INSERT notification_messages, notifications, todos",
			"queueNotifications: UPDATE notification_messages, notifications, todos",
		}},
		{"counts of signers in the registry's cases that the statement before found", "t.case_row IN (?)", []string{"countSigners: SELECT todos"}},
		{"of the answer that Evidence found in the registry's own case", "id = ?", []string{
			"auditEvidence: UPDATE evidence_fetches, portraits", "fillEvidence: SELECT data_keys, portraits, todos",
		}},
		{"of a worker: the rows that are due", "", []string{
			"ClaimNotifications: SELECT accounts, data_keys, notification_messages, todos", "QueueReminders: SELECT notification_messages, notifications, todos",
			"ClaimDeliveries: SELECT confirmations, events",
			"AnnouncePortraits: SELECT confirmations, portraits", "AnnouncePortraits: UPDATE portraits", "expireTodos: SELECT todos", "ExpireVerifications: SELECT verifications",
			"Unsettled: SELECT attempts, data_keys", "pending: SELECT accounts, checks, data_keys, verifications", "expireTodo: UPDATE todos",
			"unsequenced: SELECT events",
		}},
		{"of an operator's commands: ids, states, codes and times, and nothing personal", "", []string{
			"EventState: SELECT events", "ListEvents: SELECT events", "registriesWithEvents: SELECT events, feeds",
			"traceSessions: SELECT accounts, sessions", "traceSessions: SELECT verifications", "attemptTraces: SELECT attempts",
		}},
		{"of the operator's metrics: numbers of rows that wait, and how old the oldest is", "", []string{
			"Backlog: SELECT attempts, events, notification_messages, todos, verifications", "Backlog: SELECT verifications",
			"Backlog: SELECT portraits", "deliveryBacklog: SELECT events",
		}},
		{"of a worker: which accounts have a remembered document that is not offered any more", "a.channel NOT IN", []string{
			"ForgetUnoffered: SELECT accounts, remembered_documents",
		}},
		{"of a recovery, while no server serves: everything of the epochs before is void", "", []string{
			"AnnounceAgain: UPDATE events", "voidSessions: SELECT sessions",
		}},
		{"the tags of every row in turn, and whether they are sealed; nothing personal", "", []string{
			"after: SELECT …", "readSeal: SELECT row_integrity", "tagSteps: SELECT …", "verifyRows: SELECT …",
		}},
		{"bff rekey: every row in turn, sealed anew", "", []string{
			"rehash: SELECT …", "rehashAccounts: SELECT accounts, data_keys", "rehashSubjects: SELECT data_keys, subjects",
			"rekeySteps: SELECT accounts", "rekeySteps: SELECT idempotency_keys", "rekeySteps: SELECT subjects",
			"renewAnswers: SELECT idempotency_keys",
		}},
	}
}

// exemptRetention returns statements of the purge, of erasures and of legal holds.
func exemptRetention() []exemption {
	return []exemption{
		{"of the purge: what is due, of which only counts and keys are read", "", []string{
			"allDue: SELECT account_subjects", "allDue: SELECT accounts", "allDue: SELECT attempts, verifications",
			"allDue: SELECT confirmations, legal_holds", "allDue: SELECT consents", "allDue: SELECT erasures", "allDue: SELECT events",
			"allDue: SELECT evidence_fetches", "allDue: SELECT idempotency_keys", "allDue: SELECT invitations",
			"allDue: SELECT legal_holds", "allDue: SELECT legal_holds, todos", "allDue: SELECT legal_holds, verifications",
			"allDue: SELECT notification_messages", "allDue: SELECT notifications", "allDue: SELECT portraits",
			"allDue: SELECT prefills", "allDue: SELECT remembered_documents", "allDue: SELECT servings", "allDue: SELECT sessions",
			"allDue: SELECT support_contacts", "allDue: SELECT support_tickets", "counting: SELECT …",
		}},
		{"of the purge: cases whose period is over", "", []string{
			"CaseRegistries: SELECT cases", "countCases: SELECT case_cursors, case_ends, cases, todos",
			"countCases: SELECT legal_holds, todos", "dueCases: SELECT case_ends", "dueCases: SELECT case_ends, cases",
			"dueCases: SELECT legal_holds, todos", "enterCases: INSERT case_ends, cases, todos", "enterCases: SELECT cases",
			"enterCases: UPDATE case_ends, todos", "postponeCases: DELETE case_cursors, case_ends, cases",
			"postponeCases: UPDATE case_ends, cases, todos",
		}},
		{"erases what is due, or what the caller may erase; nothing of it is returned", "", []string{
			"adoptAccounts: SELECT accounts", "clearSubject: DELETE subjects, todos", "clearSubject: UPDATE confirmations, visit_answers", "dropCaseRows: DELETE confirmations, todos",
			"dropCaseRows: INSERT case_ends, cases", "dropDuePortrait: DELETE confirmations, legal_holds, portraits",
			"dropUnseenSubject: SELECT appeals, bars, legal_holds, todos, verifications, visits", "dropUnseenSubject: UPDATE subject_keys, subjects",
			"eraseAnswer: UPDATE confirmations", "eraseCase: DELETE cases, data_keys, legal_holds, todos",
			"eraseCase: SELECT confirmations, todos", "eraseCase: SELECT todos", "eraseCase: UPDATE todos",
			"purgeAccounts: UPDATE accounts, appeals, appointments, consents, legal_holds, notifications, prefills, queue_numbers, remembered_documents, sessions, support_tickets, verifications",
			"purgeVerification: SELECT verifications", "purgeVerification: UPDATE attempts, legal_holds, todos, verifications",
		}},
		{"of an operator's commands: ids and the operator's own words", "", []string{
			"Holds: SELECT legal_holds", "LiftHold: UPDATE data_keys, legal_holds", "LiftHold: UPDATE erasures, legal_holds, todos",
			"PlaceHold: SELECT cases", "PlaceHold: SELECT cases, todos",
		}},
	}
}
