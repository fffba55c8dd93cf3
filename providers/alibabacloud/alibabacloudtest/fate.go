package alibabacloudtest

import (
	"time"

	"renzheng/providers/fakes"
)

// The actions that the fake knows, and the products of the first.
const (
	BankCard      = "BankMetaVerify"
	FourElements  = "Id2MetaPeriodVerify"
	FourMeta      = "BANK_CARD_4_META"
	ThreeMeta     = "BANK_CARD_3_META"
	TriesExceeded = "306" // SubCode for a card that was asked too often today
)

// Query is one well-formed question, in plain text: its person is made up.
type Query struct {
	Action  string // BankCard or FourElements
	Product string // FourMeta or ThreeMeta, with BankCard
	Name    string
	Number  string
	Card    string
	Phone   string // with FourMeta
	From    string // 20060102, with FourElements
	Until   string // 20060102 or 长期, with FourElements
}

// Fate is what happens to a query. The zero value passes.
type Fate struct {
	Biz      string        // "1", "2" or "3"; "" = "1"
	Sub      string        // with BankCard: "101", "201", …; "" = "101" where Biz is "1", else "201"
	Code     string        // of the service, e.g. "402": nothing is decided
	Gateway  string        // of the gateway, over status 400, e.g. "Throttling.User": nothing is decided
	Delay    time.Duration // before the answer, after the decision
	Delivery fakes.Delivery
}
