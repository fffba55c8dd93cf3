package wechattest

import "renzheng/providers/fakes"

// What a person does on the face page.
const (
	ActionPass   = "pass"   // shows the face; the person's fate decides
	ActionFail   = "fail"   // shows another face
	ActionCancel = "cancel" // leaves
)

// act is what somebody with an account does with a check. It returns what
// wx.requestFacialVerify tells the mini-program, which decides nothing: 0 when
// the check is finished and the face was taken, else a code and why.
//
// A check whose face was judged does not change, and rejects a second face. A
// check that was left can be shown again while its id is valid, which WeChat's
// pages do not rule out. An account to which the check is not bound is rejected,
// and the check stays open for the right account.
func (s *Server) act(verifyID, openID, action string) (errCode int, errMsg string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.checks[verifyID]
	switch {
	case !ok:
		return 90104, "no such check"
	case c.finished:
		return 90104, "check is used up"
	case s.options.Clock().Sub(c.createdAt) > checkLife:
		return 90104, "check is too old"
	case c.request.OpenID != openID:
		return 90199, "openid differs"
	case action != ActionPass && action != ActionFail && action != ActionCancel:
		return 90199, "unknown action"
	}
	s.decide(c, action)
	if c.ret != retPassed {
		return c.ret, "face was not taken for the person's"
	}
	return 0, "ok"
}

func (s *Server) decide(c *check, action string) {
	who := c.request.CertInfo
	fate := s.options.Fate(who.CertName, who.CertNo)
	c.finished, c.silent, c.noPicture = action != ActionCancel, fate.SilentQueries, fate.NoPicture
	switch action {
	case ActionCancel:
		c.ret = retCancelled
	case ActionFail:
		c.ret = retOf(fakes.FaceDiffers)
	default:
		person := who.CertName + "\x00" + who.CertNo
		c.ret = retOf(fate.At(s.faces[person]))
		s.faces[person]++
	}
}

// ownerOf returns the account that a check waits for, false where there is no
// such check.
func (s *Server) ownerOf(verifyID string) (openID string, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, known := s.checks[verifyID]
	if !known {
		return "", false
	}
	return c.request.OpenID, true
}
