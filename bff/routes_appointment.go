package bff

import "renzheng/bff/problem"

func appointmentOperations(h *handlers, g guards) []operation {
	return []operation{
		{
			id: "listOffices", route: "GET /v1/offices", group: groupAppointment,
			summary:     "List the offices that take appointments",
			description: "For everybody: name and address of each service window where a time can be booked.",
			handler:     handle(h.listOffices),
		},
		{
			id: "listSlots", route: "GET /v1/slots", group: groupAppointment,
			summary:     "List the time slots of an office",
			description: "Returns the slots of today and the next 14 days with the number of free places.",
			guards:      []guard{g.session},
			codes:       []string{problem.NotFound},
			handler:     handle(h.listSlots),
		},
		{
			id: "bookAppointment", route: "POST /v1/appointments", group: groupAppointment,
			summary:     "Book a time at the service window",
			description: "Books a place in a slot for the window slip of the session. An account has one booked appointment at a time, and may book 5 times in 24 hours. After 2 missed appointments in 30 days it pauses for 14 days; `next_at` says until when. The confirmation has a code and its QR code, which say nothing about the person.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes, status: 201,
			codes:   []string{problem.NotFound, problem.SlotUnknown, problem.SlotFull, problem.AppointmentOpen, problem.AppointmentsPaused},
			handler: handle(h.book),
		},
		{
			id: "listAppointments", route: "GET /v1/appointments", group: groupAppointment,
			summary:     "List my appointments",
			description: "Returns the appointments of the account, and whether it may book.",
			guards:      []guard{g.session},
			handler:     handle(h.listAppointments),
		},
		{
			id: "getAppointment", route: "GET /v1/appointments/{id}", group: groupAppointment,
			summary:     "Read an appointment",
			description: "Returns time, office and state, and the code while it is booked.",
			guards:      []guard{g.session},
			handler:     handle(h.getAppointment),
		},
		{
			id: "changeAppointment", route: "POST /v1/appointments/{id}/change", group: groupAppointment,
			summary:     "Move an appointment to another time",
			description: "Gives back the place and takes the other one, or changes nothing. The code stays. Possible until its slot begins. Counts as a booking.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes,
			codes:   []string{problem.SlotUnknown, problem.SlotFull, problem.AppointmentClosed},
			handler: handle(h.changeAppointment),
		},
		{
			id: "cancelAppointment", route: "DELETE /v1/appointments/{id}", group: groupAppointment,
			summary:     "Cancel an appointment",
			description: "Gives back the place. Idempotent. Possible until the slot begins; then it does not count as missed.",
			guards:      []guard{g.session}, status: 204,
			codes:   []string{problem.AppointmentClosed},
			handler: handle(h.cancelAppointment),
		},
		{
			id: "takeNumber", route: "POST /v1/queue-numbers", group: groupAppointment,
			summary:     "Take a queue number at the office",
			description: "For a person who is at the office, by its own QR code, in its hours of today. Returns 201 for a new number, or 200 for the open one of the account. Whoever has booked a time there today gets a number of line A. An account may take 3 numbers in 24 hours.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes, status: 201, otherStatuses: []int{200},
			codes:   []string{problem.NotFound, problem.OfficeClosed, problem.QueueCrowded},
			handler: handle(h.takeNumber),
		},
		{
			id: "listQueueNumbers", route: "GET /v1/queue-numbers", group: groupAppointment,
			summary:     "List my queue numbers of today",
			description: "Returns the numbers of the account with how many are called before each.",
			guards:      []guard{g.session},
			handler:     handle(h.listQueueNumbers),
		},
		{
			id: "getQueueNumber", route: "GET /v1/queue-numbers/{id}", group: groupAppointment,
			summary:     "Read a queue number",
			description: "Returns its state, and how many are called before it. Ask again after `poll_after` seconds.",
			guards:      []guard{g.session},
			handler:     handle(h.getQueueNumber),
		},
	}
}
