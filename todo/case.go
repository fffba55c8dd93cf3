package todo

import (
	"time"

	"renzheng/identity"
	"renzheng/receipt"
)

// BusinessKind of a case (P-5).
type BusinessKind string

// The kinds of business.
const (
	Establishment  BusinessKind = "establishment"  // 设立
	Change         BusinessKind = "change"         // 变更(备案)
	Deregistration BusinessKind = "deregistration" // 注销
	OtherBusiness  BusinessKind = "other"          // BusinessLabel says which
)

// Mode of handling a case (P-5).
type Mode string

// The modes.
const (
	Online   Mode = "online"    // 线上
	AtWindow Mode = "at_window" // 线下
)

// Header is the typed part of a case's content (R18, P-6).
type Header struct {
	EnterpriseName string       `json:"enterprise_name"`
	BusinessKind   BusinessKind `json:"business_kind"`
	BusinessLabel  string       `json:"business_label,omitempty"` // the registry's own words
	Mode           Mode         `json:"mode"`
	AppliedOn      string       `json:"applied_on"` // civil date, YYYY-MM-DD
}

// Item is one line of a case's content, plain text without numbers or markup.
type Item struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Represented is the enterprise on whose behalf a signer answers (P-3): a company
// that is a shareholder, or the company to which a branch belongs.
type Represented struct {
	EnterpriseName string `json:"enterprise_name"`
	CreditCode     string `json:"credit_code,omitempty"` // see identity.CheckCreditCode; absent for foreign enterprises
	Capacity       string `json:"capacity"`              // 法定代表人, 负责人 …: the registry's words
}

// Content is all that is shown to one signer, and all that is digested.
type Content struct {
	RegistryID   string `json:"registry_id"`
	RegistryName string `json:"registry_name"` // from our configuration
	CaseID       string `json:"case_id"`
	SignerID     string `json:"signer_id"`
	Role         string `json:"role"` // 股东, 法定代表人 …: the registry's words

	Represents Represented `json:"represents,omitzero"` // zero: the person answers for themselves
	Header     Header      `json:"header"`
	Items      []Item      `json:"items"`
}

// Signer is one person in one role in a case.
type Signer struct {
	SignerID   string // [A-Za-z0-9._-]{1,64}, unique in the case
	Role       string
	Represents *Represented // the enterprise that has the role; nil if it is the person's own role
	Document   identity.Document
	Misread    []identity.FieldError // the problems of the pushed document, which Push reports together with all others
	Items      []Item                // shown to this signer after the case's items
}

// Push is what a registry sends for a case (R19).
type Push struct {
	RegistryID string
	CaseID     string
	Revision   int64 // from 1, grows
	Header     Header
	Items      []Item
	Signers    []Signer
}

// CaseState of a case.
type CaseState string

// The states of a case.
const (
	CaseOpen      CaseState = "open"
	CaseWithdrawn CaseState = "withdrawn"
	CaseErased    CaseState = "erased" // its period is over: only ids and receipts are left
)

// Case is the current state of a case, with the newest todo of each signer.
type Case struct {
	ID         string // "cas_…"
	RegistryID string
	CaseID     string
	Revision   int64
	State      CaseState
	PushDigest string // salted digest of the push that made this revision
	PushSalt   receipt.Salt
	Todos      []Todo
	ReceivedAt time.Time
}

// readable returns an error if the case is erased. Errors: *RejectedError with
// CodeCaseErased.
func (c Case) readable() error {
	if c.State == CaseErased {
		return rejected(CodeCaseErased)
	}
	return nil
}

// joined returns both lists as one of its own, never nil: an empty list has one
// spelling in what is digested.
func joined(first, second []Item) []Item {
	return append(append(make([]Item, 0, len(first)+len(second)), first...), second...)
}

// at returns the case with its todos in their states at now.
func (c Case) at(now time.Time) Case {
	todos := make([]Todo, len(c.Todos))
	for i, t := range c.Todos {
		todos[i] = t.at(now)
	}
	c.Todos = todos
	return c
}
