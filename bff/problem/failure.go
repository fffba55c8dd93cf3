package problem

import "time"

// Failure is an entry of the catalogue of failures in one language.
type Failure struct {
	Code      string   `json:"code" doc:"Stable name. New names may be added." example:"face_quality"`
	Kind      string   `json:"kind" doc:"identity, account, guardian, document, face, card, client, technical, limit or route, for clients that do not know the code." example:"face"`
	Prompt    string   `json:"prompt" doc:"The headline to show."`
	Cause     string   `json:"cause" doc:"Possible reasons."`
	Remedies  []Remedy `json:"remedies" nullable:"false" doc:"What to do, in the order to try."`
	Retryable bool     `json:"retryable" doc:"The same step may pass if it is repeated."`
	Counted   bool     `json:"counted" doc:"The failure uses up a try."`
	Note      string   `json:"note,omitempty" doc:"With check_switched_off: the words of the operator, plain text to show next to the prompt."`
}

// Remedy is one thing that the person can do after a failure.
type Remedy struct {
	Kind      string     `json:"kind" doc:"Stable name. New names may be added." example:"retry_better_light"`
	Text      string     `json:"text"`
	NotBefore *time.Time `json:"not_before,omitempty" doc:"With retry_later: the earliest time of the next try."`
	SlipCode  string     `json:"slip_code,omitempty" doc:"With service_window: the code to print for the clerk and for support, with the code and prompt of the failure and the time. It contains nothing personal, and is the same for all failures of a session. Absent in the list of all failures." example:"7K2M-93QF"`
}
