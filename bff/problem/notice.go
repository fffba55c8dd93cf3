package problem

// NoticeRef identifies a notice in one language.
type NoticeRef struct {
	ID       string `json:"id" example:"rules"`
	Version  string `json:"version" example:"1"`
	Hash     string `json:"hash" doc:"SHA-256 of the text in this language, 64 hex digits. Send it with the acceptance."`
	Kind     string `json:"kind" doc:"What the person agrees to: rules, face, bank_card or handover. New values may be added." example:"face"`
	Language string `json:"language" example:"zh-Hans"`
	Title    string `json:"title"`
}
