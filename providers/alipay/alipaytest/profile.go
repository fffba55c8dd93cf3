package alipaytest

import (
	"cmp"
	"net/url"
)

func (g *Gateway) profile(p url.Values) reply {
	g.mu.Lock()
	token, ok := g.tokens[p.Get("auth_token")]
	g.mu.Unlock()
	if !ok || g.options.Clock().Sub(token.issuedAt) > tokenLife {
		return refusal(methodProfile, "20001", "aop.invalid-auth-token")
	}
	person, ok := g.options.Persons(token.openID)
	switch {
	case !ok:
		return refusal(methodProfile, "20001", "aop.invalid-auth-token")
	case token.scope != ScopeUser:
		return refusal(methodProfile, "40006", "isv.insufficient-user-permissions")
	case person.FieldsDenied:
		return refusal(methodProfile, "40006", "isv.insufficient-isv-permissions")
	}
	certified := "F"
	if person.Certified {
		certified = "T"
	}
	f := fields{"is_certified": certified, "user_type": cmp.Or(person.UserType, "2"), "user_status": "T"}
	person.identify(f)
	if !person.FieldsMissing {
		f["user_name"], f["cert_no"] = person.Name, person.Number
		f["cert_type"] = cmp.Or(person.CertType, "0")
	}
	return success(methodProfile, f)
}
