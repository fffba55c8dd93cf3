package harness

import (
	"sync"
	"time"

	"renzheng/cmd/sandbox/people"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/tencentcloud/tencentcloudtest"
)

// fates tells the simulated third parties what happens to whom.
type fates struct {
	clock func() time.Time

	mu    sync.Mutex
	cards map[string]int // card queries so far, by number
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
		Certified: p.Prefill != people.Uncertified, FieldsDenied: p.Prefill == people.GivesNothing,
	}, true
}

// face tells how the faces of a name and number end. Who is not in the records
// under this name has no face there.
func (f *fates) face(name, number string) alipaytest.Fate {
	p, found := people.ByNumber(number, f.clock())
	if !found || p.Name != name {
		return alipaytest.Fate{Tries: []alipaytest.Outcome{alipaytest.IdentityWrong}}
	}
	return map[people.Fate]alipaytest.Fate{
		people.FaceDiffers: {Tries: []alipaytest.Outcome{alipaytest.FaceDiffers}},
		people.NoPhoto:     {Tries: []alipaytest.Outcome{alipaytest.NoPhoto}},
		people.PoorLight:   {Tries: []alipaytest.Outcome{alipaytest.PoorLight, alipaytest.PoorLight, alipaytest.Passes}},
		people.FaceUnknown: {SilentQueries: 1},
		people.NoPortrait:  {NoPicture: true},
	}[p.Fate]
}

// card tells what becomes of a card query.
func (f *fates) card(q tencentcloudtest.Query) tencentcloudtest.Fate {
	p, found := people.ByNumber(q.Number, f.clock())
	theirs := found && p.Name == q.Name && p.Card == q.Card && (q.Phone == "" || q.Phone == p.Phone)
	switch {
	case found && p.Fate == people.NetworkBusy:
		return tencentcloudtest.Fate{Result: q.CentreBusy()}
	case !theirs, p.Fate == people.CardDiffers:
		return tencentcloudtest.Fate{Result: q.HolderWrong()}
	case p.Fate == people.CardUnresolved && f.first(q.Number):
		return tencentcloudtest.Fate{Delivery: tencentcloudtest.Lost}
	}
	return tencentcloudtest.Fate{}
}

// first tells whether a number is asked about for the first time.
func (f *fates) first(number string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cards[number]++
	return f.cards[number] == 1
}
