package harness

import (
	"sync"
	"time"

	"renzheng/providers/agency/agencytest"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/fakes"
	"renzheng/providers/wechat/wechattest"
	"renzheng/providers/wechatpay/wechatpaytest"
	"renzheng/test/people"
)

// fates decides what the simulated third parties answer for a person.
type fates struct {
	clock func() time.Time

	mu    sync.Mutex
	cards map[string]int // card queries so far, by number
}

// recorded returns the person of a number if the name matches the records.
func (f *fates) recorded(name, number string) (people.Person, bool) {
	p, found := people.ByNumber(number, f.clock())
	return p, found && p.Name == name && p.Fate != people.NoRecord
}

// account returns what Alipay knows of an account.
func (f *fates) account(openID string) (alipaytest.Person, bool) {
	now := f.clock()
	p, found := people.ByOpenID(openID, now)
	if !found {
		return alipaytest.Person{}, false
	}
	owner := p.Owner(now)
	return alipaytest.Person{
		OpenID: p.OpenID, Name: owner.Name, Number: owner.Number,
		Certified: p.Prefill != people.Uncertified, FieldsDenied: p.Prefill == people.GivesNothing || p.Form != people.ResidentID,
	}, true
}

// face returns the outcome of the face checks of a name and number at Alipay. A
// person who is not in the records under this name has no photo there.
func (f *fates) face(name, number string) fakes.FaceFate {
	p, found := f.recorded(name, number)
	if !found {
		return fakes.FaceFate{Tries: []fakes.Outcome{fakes.IdentityWrong}}
	}
	return map[people.Fate]fakes.FaceFate{
		people.FaceDiffers: {Tries: []fakes.Outcome{fakes.FaceDiffers}},
		people.NoPhoto:     {Tries: []fakes.Outcome{fakes.NoPhoto}},
		people.PoorLight:   {Tries: []fakes.Outcome{fakes.PoorLight, fakes.PoorLight, fakes.Passes}},
		people.AsksForHelp: {Tries: []fakes.Outcome{fakes.PoorLight, fakes.Passes}},
		people.FaceUnknown: {SilentQueries: 1},
		people.NoPortrait:  {NoPicture: true},
	}[p.Fate]
}

// wechatAccount returns what WeChat knows of an account.
func (f *fates) wechatAccount(openID string) (wechattest.Person, bool) {
	p, found := people.ByOpenID(openID, f.clock())
	if !found {
		return wechattest.Person{}, false
	}
	return wechattest.Person{AppID: wechatAppID, OpenID: p.OpenID, Phone: p.Phone}, true
}

// payOwner returns how WeChat Pay verified an account.
func (f *fates) payOwner(openID string) (wechatpaytest.Owner, bool) {
	now := f.clock()
	p, found := people.ByOpenID(openID, now)
	if !found || p.Prefill == people.Uncertified || p.Form != people.ResidentID {
		return wechatpaytest.Owner{}, found
	}
	owner := p.Owner(now)
	return wechatpaytest.Owner{Name: owner.Name, Number: owner.Number}, true
}

// undocumented is a verify_ret that is not documented.
const undocumented fakes.Outcome = "10099"

// wechatFace returns the outcome of the face checks of a name and number at WeChat.
func (f *fates) wechatFace(name, number string) fakes.FaceFate {
	p, found := f.recorded(name, number)
	if !found {
		return fakes.FaceFate{Tries: []fakes.Outcome{fakes.IdentityWrong}}
	}
	return map[people.Fate]fakes.FaceFate{
		people.FaceDiffers: {Tries: []fakes.Outcome{fakes.FaceDiffers}},
		people.NoPhoto:     {Tries: []fakes.Outcome{fakes.NoPhoto}},
		people.PoorLight:   {Tries: []fakes.Outcome{fakes.PoorLight, fakes.PoorLight, fakes.Passes}},
		people.AsksForHelp: {Tries: []fakes.Outcome{fakes.PoorLight, fakes.Passes}},
		people.FaceUnknown: {SilentQueries: 1},
		people.OddVerdict:  {Tries: []fakes.Outcome{undocumented}},
	}[p.Fate]
}

// agency returns the answer of the authority's gateway.
func (f *fates) agency(call agencytest.Call, who agencytest.Person) agencytest.Fate {
	p, found := f.recorded(who.Name, who.Number)
	if !found {
		return agencytest.Fate{Document: "no_record", Reason: "no_record"}
	}
	if p.Fate == people.GatewayBusy && call != agencytest.FaceQuery {
		return agencytest.Fate{Refusal: "busy"}
	}
	return map[people.Fate]agencytest.Fate{
		people.FaceDiffers:     {Reason: "face_differs"},
		people.DocumentDiffers: {Document: "mismatch", Reason: "document_mismatch"},
	}[p.Fate]
}

// first reports whether this is the first query for a number.
func (f *fates) first(number string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cards[number]++
	return f.cards[number] == 1
}
