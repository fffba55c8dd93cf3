package problem

import "renzheng/todo"

// Codes that the API itself returns. They are public and stable, like those of the rules.
const (
	BodyMalformed    = "body_malformed"
	KeyRequired      = "idempotency_key_required"
	KeyReused        = todo.CodeKeyReused
	KeyRunning       = "idempotency_key_running"
	SessionRequired  = "session_required"
	AccessRequired   = "access_required"
	ConsentRequired  = "consent_required"
	Client           = "client_unsupported"
	ChannelOff       = "channel_off"
	NotFound         = "not_found"
	Method           = "method_not_allowed"
	BodyTooLarge     = "body_too_large"
	ContentType      = "content_type_unsupported"
	ContentEncoding  = "content_encoding_unsupported"
	ValuesInvalid    = "values_invalid"
	RequestUnfit     = "request_unfit"
	AuthCode         = "auth_code_invalid"
	NoticeStale      = "notice_stale"
	NotShown         = "content_not_shown"
	NoNotifications  = "notifications_unavailable"
	CrossSite        = "cross_site_request"
	PushRefused      = "push_refused"
	NotFrozen        = "not_frozen"
	NotLifting       = "verification_not_lifting"
	StateChanged     = "state_changed"
	TooMany          = "too_many_requests"
	Unavailable      = "temporarily_unavailable"
	NotReady         = "not_ready"
	Internal         = "internal_error"
	ClientGone       = "client_gone" // its status is 499, which only the log shows
	NoAppeal         = "appeal_not_possible"
	AppealClosed     = "appeal_closed"
	AppealFull       = "appeal_full"
	AppealIncomplete = "appeal_incomplete"

	SlotUnknown        = "slot_unknown"
	SlotFull           = "slot_full"
	AppointmentOpen    = "appointment_open"
	AppointmentClosed  = "appointment_closed"
	AppointmentsPaused = "appointments_paused"
	OfficeClosed       = "office_closed"
	QueueCrowded       = "queue_crowded"
)
