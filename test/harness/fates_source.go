package harness

import (
	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/fakes"
	"renzheng/providers/tencentcloud/tencentcloudtest"
	"renzheng/test/people"
)

// finding is the outcome of a query at a data source, independent of the vendor.
type finding int

const (
	agrees finding = iota
	differs
	unknown // no record
	busy    // the source did not process the query
	lost    // decided, and the answer never arrives
)

// question is a query of a data source, independent of the vendor.
type question struct {
	name, number string
	card, phone  string // "" = not asked
}

// source returns the outcome of a query.
func (f *fates) source(q question) finding {
	p, found := f.recorded(q.name, q.number)
	theirs := found && (q.card == "" || p.Card == q.card) && (q.phone == "" || q.phone == p.Phone)
	switch {
	case q.card == "" && !found:
		return unknown
	case q.card == "" && p.Fate == people.DocumentDiffers:
		return differs
	case q.card == "":
		return agrees
	case found && p.Fate == people.NetworkBusy:
		return busy
	case !theirs, p.Fate == people.CardDiffers:
		return differs
	case p.Fate == people.CardUnresolved && f.first(q.number):
		return lost
	}
	return agrees
}

// tencent returns the outcome of a query at Tencent Cloud.
func (f *fates) tencent(q tencentcloudtest.Query) tencentcloudtest.Fate {
	switch f.source(question{q.Name, q.Number, q.Card, q.Phone}) {
	case busy:
		return tencentcloudtest.Fate{Result: q.CentreBusy()}
	case differs, unknown:
		return tencentcloudtest.Fate{Result: q.HolderWrong()}
	case lost:
		return tencentcloudtest.Fate{Delivery: fakes.Lost}
	case agrees:
	}
	return tencentcloudtest.Fate{}
}

// alibaba returns the outcome of a query at Alibaba Cloud.
func (f *fates) alibaba(q alibabacloudtest.Query) alibabacloudtest.Fate {
	switch f.source(question{q.Name, q.Number, q.Card, q.Phone}) {
	case busy:
		return alibabacloudtest.Fate{Gateway: "Throttling.User"}
	case differs:
		return alibabacloudtest.Fate{Biz: "2"}
	case unknown:
		return alibabacloudtest.Fate{Biz: "3"}
	case lost:
		return alibabacloudtest.Fate{Delivery: fakes.Lost}
	case agrees:
	}
	return alibabacloudtest.Fate{}
}
