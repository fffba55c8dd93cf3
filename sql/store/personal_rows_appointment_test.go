package store_test

// exemptAppointments returns statements on appointments and queue numbers, which are the account's and name nobody.
func exemptAppointments() []exemption {
	return []exemption{
		{"appointments and numbers of the account", "account_id = ?", []string{
			"readAppointment: SELECT appointments", "AppointmentsOf: SELECT appointments", "missedOf: SELECT appointments",
			"NumberOf: SELECT queue_numbers", "NumbersOf: SELECT queue_numbers", "TakeNumber: SELECT queue_numbers",
			"openSlotAgain: SELECT queue_numbers", "openAppointment: SELECT appointments", "keepMissed: SELECT appointments", "arriving: SELECT appointments, queue_numbers",
		}},
		{"whether the account has such an appeal", "account_id = ?", []string{"mayBook: SELECT appeals"}},
		{"of an office, for its clerks or for whom waits there: numbers, codes and times", "office = ?", []string{
			"AppointmentsAt: SELECT appointments", "Before: SELECT queue_numbers", "CallNext: SELECT queue_numbers", "numberOfArrival: SELECT queue_numbers",
			"QueueAt: SELECT queue_numbers", "arriving: SELECT appointments", "readNumber: SELECT queue_numbers", "CallsAt: SELECT queue_numbers", "NumberOfVisit: SELECT queue_numbers", "roomForPhones: SELECT queue_numbers",
		}},
		{"the open call of a desk or member of an office", "open_desk = ? OR ", []string{"checkFree: SELECT queue_calls, queue_numbers", "checkFree: UPDATE queue_calls, queue_numbers"}},
		{"of the account of the live grant", "g.session_id = ? AND g.subject_id = ? AND g.ended_at = 0 AND g.until > ?", []string{
			"exportParts: SELECT appointments, grants", "exportParts: SELECT grants, queue_numbers",
		}},
		{"of workers: what is due, and how many wait", "", []string{
			"Unclosed: SELECT appointments", "Backlog: SELECT queue_numbers", "allDue: SELECT appointments", "allDue: SELECT queue_numbers",
		}},
	}
}
