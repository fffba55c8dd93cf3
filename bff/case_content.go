package bff

// The types in this file are parts of a case's content, both as a registry sends
// them and as a signer sees them.

type headerBody struct {
	EnterpriseName string `json:"enterprise_name"`
	BusinessKind   string `json:"business_kind" doc:"establishment, change, deregistration or other. New values may be added." example:"establishment"`
	BusinessLabel  string `json:"business_label,omitempty" doc:"The registry's own words for the business. Required with other."`
	Mode           string `json:"mode" doc:"online or at_window." example:"online"`
	AppliedOn      string `json:"applied_on" doc:"Civil date in Beijing, YYYY-MM-DD." example:"2026-11-21"`
}

// representedBody is the enterprise that a signer represents.
type representedBody struct {
	EnterpriseName string `json:"enterprise_name"`
	CreditCode     string `json:"credit_code,omitempty" doc:"Unified social credit code, GB 32100-2015. Absent if the enterprise has none." example:"91000000MA0000000N"`
	Capacity       string `json:"capacity" doc:"Why the person may sign for it, in the registry's words." example:"法定代表人"`
}
