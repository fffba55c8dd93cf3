package store_test

// exemptSubscribers returns statements on registered users, who prove that they hold a phone before anybody is verified.
func exemptSubscribers() []exemption {
	return []exemption{
		{"found by a keyed hash of what the caller sends", "hash", []string{
			"findSubscriber: SELECT accounts, data_keys, subscriber_keys, subscribers", "reserveSend: SELECT code_sends",
		}},
		{"the code whose try the statement before counted", "id = ?", []string{"useCode: SELECT one_time_codes"}},
		{"of the account of the live grant", "g.session_id = ? AND g.subject_id = ? AND g.ended_at = 0 AND g.until > ?", []string{
			"exportParts: SELECT grants, subscribers",
		}},
		{"of workers: what is due", "", []string{"allDue: SELECT code_sends", "allDue: SELECT one_time_codes"}},
		{"bff rekey: every row in turn, hashed anew", "", []string{"rehashSubscribers: SELECT data_keys, subscribers", "rekeySteps: SELECT subscribers"}},
	}
}
