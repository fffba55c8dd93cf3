package harness

import (
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"renzheng/providers/idp"
	"renzheng/providers/idp/idptest"
	"renzheng/test/people"
)

// FreeConsole lets the sandbox choose the console's address.
const FreeConsole = "free"

const (
	identityPath  = "/idp"
	consoleClient = "renzheng-console"
	officesName   = "offices.json"

	firstStaffSerial = 961 // persons of these serials do nothing else
)

// Offices of the sample members.
const (
	OfficeHere  = "320500"
	OfficeThere = "320600"
)

// offices is the file of the sample offices. The first one is always open, so that a queue can be tried at any time.
const offices = `{
  "320500": {
    "name": {"zh-Hans": "样例市第一窗口（模拟）", "zh-Hant": "樣例市第一窗口（模擬）", "en": "First sample office (simulated)"},
    "address": {"zh-Hans": "样例市人民路 1 号", "zh-Hant": "樣例市人民路 1 號", "en": "1 Renmin Road, Sample City"},
    "slot_minutes": 30, "places": 3,
    "hours": {"monday": ["00:00-23:59"], "tuesday": ["00:00-23:59"], "wednesday": ["00:00-23:59"], "thursday": ["00:00-23:59"], "friday": ["00:00-23:59"], "saturday": ["00:00-23:59"], "sunday": ["00:00-23:59"]}
  },
  "320600": {
    "name": {"zh-Hans": "样例市第二窗口（模拟）", "zh-Hant": "樣例市第二窗口（模擬）", "en": "Second sample office (simulated)"},
    "address": {"zh-Hans": "样例市解放路 2 号", "zh-Hant": "樣例市解放路 2 號", "en": "2 Jiefang Road, Sample City"},
    "slot_minutes": 30, "places": 2,
    "hours": {"monday": ["09:00-12:00", "13:30-17:00"], "tuesday": ["09:00-12:00", "13:30-17:00"], "wednesday": ["09:00-12:00", "13:30-17:00"], "thursday": ["09:00-12:00", "13:30-17:00"], "friday": ["09:00-12:00", "13:30-17:00"]}
  }
}
`

// Staff returns the sample members: one for each role, and those by whom rules of two members or offices are tested.
func Staff(now time.Time) []idptest.Member {
	person, _ := people.New(people.Passes, 0, now) // who also works at the authority
	members := []idptest.Member{
		{Subject: "clerk", Name: "周敏", Roles: []string{"clerk"}, Office: OfficeHere, Explain: "窗口工作人员，第一窗口 Clerk of the first office"},
		{Subject: "clerk2", Name: "沈岳", Roles: []string{"clerk"}, Office: OfficeHere, Explain: "另一位窗口工作人员，第一窗口 Another clerk of the first office"},
		{Subject: "clerk-there", Name: "韩露", Roles: []string{"clerk"}, Office: OfficeThere, Explain: "窗口工作人员，第二窗口 Clerk of the second office"},
		{Subject: "supervisor", Name: "吴强", Roles: []string{"supervisor"}, Office: OfficeHere, Explain: "窗口负责人，第一窗口 Supervisor of the first office"},
		{Subject: "supervisor-there", Name: "杨帆", Roles: []string{"supervisor"}, Office: OfficeThere, Explain: "窗口负责人，第二窗口 Supervisor of the second office"},
		{Subject: "clerk-supervisor", Name: "朱琳", Roles: []string{"clerk", "supervisor"}, Office: OfficeHere, Explain: "既办理又复核 Clerk and supervisor at once"},
		{Subject: "reviewer", Name: "郑洁", Roles: []string{"reviewer"}, Office: OfficeHere, Explain: "申诉审核员，第一窗口 Reviewer of the first office"},
		{Subject: "reviewer2", Name: "秦朗", Roles: []string{"reviewer"}, Office: OfficeHere, Explain: "另一位申诉审核员，第一窗口 Another reviewer of the first office"},
		{Subject: "operator", Name: "冯涛", Roles: []string{"operator"}, Explain: "运行维护人员 Operator"},
		{Subject: "operator2", Name: "许诺", Roles: []string{"operator"}, Explain: "另一位运行维护人员 Another operator"},
		{Subject: "officer", Name: "陈静", Roles: []string{"officer"}, Explain: "个人信息保护负责人 Data-protection officer"},
		{Subject: "auditor", Name: "褚卫", Roles: []string{"auditor"}, Explain: "审计人员 Auditor"},
		{
			Subject: "own", Name: person.Name, Roles: []string{"clerk", "supervisor", "reviewer", "officer"}, Office: OfficeHere,
			Document: person.Number, Explain: "本人也是样例人员 Is a sample person too",
		},
		{Subject: "nobody", Name: "何无", Explain: "没有岗位 Has no role"},
	}
	for i := range members {
		if m := &members[i]; m.Office != "" && m.Document == "" { // without it, they could not be kept from their own affairs
			own, _ := people.New(people.Passes, firstStaffSerial+i, now)
			m.Document = own.Number
		}
	}
	return members
}

// buildStaff makes the identity provider and the file of offices, unless the console is off.
func (s *Sandbox) buildStaff() error {
	if s.options.Console == "" {
		return nil
	}
	if s.options.Console == FreeConsole {
		var err error
		if s.options.Console, err = s.Reserve(); err != nil {
			return err
		}
	}
	s.Console = "http://" + s.options.Console
	var err error
	s.Identity, err = idptest.New(idptest.Options{
		Issuer: s.URL + identityPath, ClientID: consoleClient, ClientSecret: s.secretKey, Redirects: []string{s.Console + idp.CallbackPath},
		SignedOut: s.Console + idp.SignedOutPath, Logouts: s.Console + idp.LogoutPath, Members: Staff(s.options.Clock()), Clock: s.options.Clock,
	})
	if err != nil {
		return fmt.Errorf("making the identity provider: %w", err)
	}
	return errors.Join(err, writeSecret(filepath.Join(s.options.Data, officesName), []byte(offices)))
}

// staffSettings are the settings of the console.
func (s *Sandbox) staffSettings() Settings {
	if s.Identity == nil {
		return nil
	}
	return Settings{
		"BFF_CONSOLE_LISTEN":         s.options.Console,
		"BFF_CONSOLE_ADDRESS":        s.Console,
		"BFF_CONSOLE_ISSUER":         s.URL + identityPath,
		"BFF_CONSOLE_CLIENT_ID":      consoleClient,
		"BFF_CONSOLE_CLIENT_SECRET":  s.secretKey,
		"BFF_CONSOLE_ACR":            "2",
		"BFF_CONSOLE_DOCUMENT_CLAIM": "document_number",
		"BFF_CONSOLE_CENTRE":         OfficeThere,
		"BFF_CONSOLE_OFFICES":        filepath.Join(s.options.Data, officesName),
	}
}

// serveIdentity serves the identity provider, if there is one.
func (s *Sandbox) serveIdentity(mux *http.ServeMux) {
	if s.Identity != nil {
		mux.Handle(identityPath+"/", http.StripPrefix(identityPath, s.Identity))
	}
}
