package alipaytest

import "renzheng/providers/fakes"

// What a person does on the face page.
const (
	ActionPass   = "pass"   // shows the face; the person's fate decides
	ActionFail   = "fail"   // shows another face
	ActionCancel = "cancel" // leaves
)

// The client's results of my.startAPVerify. They decide nothing.
const (
	ResultDone      = "9000"
	ResultFailed    = "4000"
	ResultCancelled = "6001"
)

// act is what somebody with an account does with a check. It returns the
// client's result and, with ResultFailed, the error code.
//
// A finished check stays as it is, and a check that was bound to an account
// refuses every other: it remains open for its own.
func (g *Gateway) act(certifyID, openID, action string) (result, errorCode string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	c, ok := g.certs[certifyID]
	switch {
	case !ok:
		return ResultFailed, "CERTIFY_NOT_FOUND"
	case c.finished:
		return ResultFailed, "CERTIFY_FINISHED"
	case !c.opened:
		return ResultFailed, "LINK_NOT_OPENED"
	case g.options.Clock().Sub(c.createdAt) > certifyLife:
		return ResultFailed, "CERTIFY_EXPIRED"
	case !g.mayAct(c, openID):
		return ResultFailed, "ACCOUNT_MISMATCH"
	case action == ActionCancel:
		return ResultCancelled, ""
	case action != ActionPass && action != ActionFail:
		return ResultFailed, "UNKNOWN_ACTION"
	}
	g.decide(c, action)
	if c.outcome != fakes.Passes {
		return ResultFailed, reasonOf(c.outcome)
	}
	return ResultDone, ""
}

func (g *Gateway) mayAct(c *certification, openID string) bool {
	person, ok := g.options.Persons(openID)
	who := c.request.IdentityParam
	return ok && (who.OpenID == "" || who.OpenID == openID) && (who.UserID == "" || who.UserID == person.UserID)
}

func (g *Gateway) decide(c *certification, action string) {
	who := c.request.IdentityParam
	fate := g.options.Fate(who.CertName, who.CertNo)
	c.finished, c.silent, c.noPicture, c.outcome = true, fate.SilentQueries, fate.NoPicture, fakes.FaceDiffers
	if action == ActionFail {
		return
	}
	person := who.CertName + "\x00" + who.CertNo
	c.outcome = fate.At(g.faces[person])
	g.faces[person]++
}

// ownerOf returns the account that a check waits for, "" where it is bound to none.
func (g *Gateway) ownerOf(certifyID string) (openID string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if c, ok := g.certs[certifyID]; ok {
		return c.request.IdentityParam.OpenID
	}
	return ""
}

// open notes that the page of a check was shown, false where there is no such
// check to show.
func (g *Gateway) open(certifyID string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	c, ok := g.certs[certifyID]
	if ok {
		c.opened = true
	}
	return ok
}

// returnURLOf returns where a browser goes on after a check.
func (g *Gateway) returnURLOf(certifyID string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	if c, ok := g.certs[certifyID]; ok {
		return c.request.MerchantConfig.ReturnURL
	}
	return ""
}
