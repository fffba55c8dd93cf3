package harness

import (
	"sync"
	"time"

	"renzheng/providers/agency/agencytest"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/fakes"
	"renzheng/providers/wechat/wechattest"
	"renzheng/test/people"
)

// fates tells the simulated third parties what happens to whom.
type fates struct {
	clock func() time.Time

	mu    sync.Mutex
	cards map[string]int // card queries so far, by number
}

// recorded finds the person of a number, where the records have the name too.
func (f *fates) recorded(name, number string) (people.Person, bool) {
	p, found := people.ByNumber(number, f.clock())
	return p, found && p.Name == name && p.Fate != people.NoRecord
}

// account gives what Alipay knows of an account.
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

// face tells how the faces of a name and number end at Alipay. Who is not in the
// records under this name has no face there.
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

// wechatAccount gives what WeChat knows of an account.
func (f *fates) wechatAccount(openID string) (wechattest.Person, bool) {
	p, found := people.ByOpenID(openID, f.clock())
	if !found {
		return wechattest.Person{}, false
	}
	return wechattest.Person{AppID: wechatAppID, OpenID: p.OpenID, Phone: p.Phone}, true
}

// undocumented is a verify_ret that no list has.
const undocumented fakes.Outcome = "10099"

// wechatFace tells how the faces of a name and number end at WeChat.
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

// agency tells what the authority's gateway answers.
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

// first tells whether a number is asked about for the first time.
func (f *fates) first(number string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cards[number]++
	return f.cards[number] == 1
}
