package console

import (
	"time"

	"renzheng/appointment"
	"renzheng/ledger"
	"renzheng/window"
)

// maxEntries bounds how many entries of the ledger the page of a visit has.
const maxEntries = 100

// visitRecord is what was done in a visit.
type visitRecord struct {
	Entries  []ledger.Entry
	Answers  []answerData
	Returned *ledger.Entry // that returned the document, unless it was seen again since; nil otherwise
	Ledger   bool          // the member may open the ledger

	Number *appointment.Number // whose person is or was served; nil = none
	Desk   string              // for the next call
	Calls  bool                // the member may call the next number
}

// answerData is an answer with the number of its entry; 0 if the ledger was not read.
type answerData struct {
	window.Answer

	Sequence int64
}

// visitRecord reads the entries of the ledger and the answers of a visit of the member's office. They name nobody but the staff.
func (c *call) visitRecord(v window.Visit) (visitRecord, error) {
	var r visitRecord
	var err error
	if c.console.deps.Ledger != nil {
		r.Entries, err = c.console.deps.Ledger.LedgerEntries(c.ctx(), ledger.Filter{Office: v.Office, Reference: v.ID}, 0, maxEntries)
	}
	if err != nil {
		return r, err
	}
	for i, e := range r.Entries {
		switch e.Kind { //nolint:exhaustive // the others change nothing
		case window.KindReturned:
			r.Returned = &r.Entries[i]
		case window.KindVerified:
			r.Returned = nil
		}
	}
	answers, err := c.console.deps.Window.Answers(c.ctx(), c.member(), v.ID)
	if err != nil {
		return r, err
	}
	numbers := map[string]int64{}
	for _, e := range r.Entries {
		numbers[e.ID] = e.Sequence
	}
	for _, a := range answers {
		r.Answers = append(r.Answers, answerData{a, numbers[a.EntryID]})
	}
	r.Ledger, r.Desk, r.Calls = c.admitted("ledger"), c.desk(), c.admitted("call_next")
	r.Number, err = c.numberOf(v.ID)
	return r, err
}

// admitted reports whether the member may open a page of the console.
func (c *call) admitted(id string) bool {
	for _, r := range c.console.routes {
		if r.id == id {
			return r.admits(c.member())
		}
	}
	return false
}

// Answers is the data of the table of what was answered.
func (v *view) Answers(answers []answerData) any {
	return struct {
		View    *view
		Answers []answerData
	}{v, answers}
}

// Waits returns since when a visit is in its state: open, submitted for approval, or approved.
func (v *view) Waits(visit window.Visit) time.Time {
	switch visit.State {
	case window.Waiting:
		return visit.VerifiedAt
	case window.Verified:
		return visit.ApprovedAt
	case window.Open, window.Ended:
	}
	return visit.OpenedAt
}
