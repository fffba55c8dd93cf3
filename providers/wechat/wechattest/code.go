package wechattest

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

const codeLife = 5 * time.Minute

// code is a login code or a phone code.
type code struct {
	appID, openID string
	phone         bool
	issuedAt      time.Time
	used          bool
}

// IssueCode returns what wx.login would give the person's client, "" where there
// is no such account.
func (s *Server) IssueCode(openID string) string { return s.issue(openID, code{}) }

// IssuePhoneCode returns what the phone button would give, likewise.
func (s *Server) IssuePhoneCode(openID string) string { return s.issue(openID, code{phone: true}) }

func (s *Server) issue(openID string, c code) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	person, ok := s.options.Persons(openID)
	if !ok {
		return ""
	}
	value := randomID()
	c.appID, c.openID, c.issuedAt = person.AppID, openID, s.options.Clock()
	s.codes[value] = &c
	return value
}

// redeem returns the account of a code of an application, or WeChat's refusal.
func (s *Server) redeem(value, appID string, want code) (Person, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.codes[value]
	if !ok {
		c, ok = s.adopt(value, appID, want)
	}
	switch {
	case !ok || c.appID != appID || c.phone != want.phone || s.options.Clock().Sub(c.issuedAt) > codeLife:
		return Person{}, 40029
	case c.used:
		return Person{}, 40163
	}
	person, ok := s.options.Persons(c.openID)
	switch {
	case !ok:
		return Person{}, 40029
	case person.Blocked:
		return Person{}, 40226
	}
	c.used = true
	return person, 0
}

// adopt makes a code that a developer's tool issued one of the adopter's.
func (s *Server) adopt(value, appID string, want code) (*code, bool) {
	if s.options.Adopter == nil || value == "" || s.options.Adopter() == "" {
		return nil, false
	}
	c := &code{appID: appID, openID: s.options.Adopter(), phone: want.phone, issuedAt: s.options.Clock()}
	s.codes[value] = c
	return c, true
}

func (s *Server) codeToSession(r *http.Request) answer {
	query := r.URL.Query()
	for _, values := range query {
		if len(values) != 1 {
			return refused(40002)
		}
	}
	if len(query) != 4 || query.Get("grant_type") != "authorization_code" {
		return refused(40002)
	}
	if refusal := s.authenticate(query.Get("appid"), query.Get("secret")); refusal != 0 {
		return refused(refusal)
	}
	person, refusal := s.redeem(query.Get("js_code"), query.Get("appid"), code{})
	if refusal != 0 {
		return refused(refusal)
	}
	return plain(fields{"openid": person.OpenID, "session_key": "session-key-" + randomID(), "unionid": "union-" + randomID()})
}

func (s *Server) phoneNumber(appID string, r *http.Request) answer {
	var request struct {
		Code string `json:"code"`
	}
	if !read(r, &request) {
		return refused(47001)
	}
	person, refusal := s.redeem(request.Code, appID, code{phone: true})
	switch {
	case refusal == 40163:
		return refused(40029) // this call has one code for all
	case refusal != 0:
		return refused(refusal)
	case person.Phone == "":
		return refused(40029)
	}
	country := cmp.Or(person.Country, "86")
	full := person.Phone
	if country != "86" {
		full = "+" + country + person.Phone
	}
	return success(fields{"phone_info": fields{
		"phoneNumber": full, "purePhoneNumber": person.Phone, "countryCode": country,
		"watermark": fields{"timestamp": s.options.Clock().Unix(), "appid": appID},
	}})
}

func (s *Server) serveCode(w http.ResponseWriter, r *http.Request) {
	issue := s.IssueCode
	if strings.HasSuffix(r.URL.Path, "phone-code") {
		issue = s.IssuePhoneCode
	}
	value := issue(r.PostFormValue("openid"))
	if value == "" {
		http.Error(w, "no such simulated account 没有这个模拟账号", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{"code": value}) //nolint:errchkjson // the client may have left
}
