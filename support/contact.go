package support

import "renzheng/identity"

// MenuEntry is what the entry of the service account's menu is called (M-38).
const MenuEntry = "登记注册自然人身份验证系统"

// Contact is how support is reached. It is the same for everybody.
type Contact struct {
	Account string // name of the service account, "" without one
	Entry   string // of its menu; "" likewise
	HasCode bool   // there is a picture of a QR code
	Window  string // where and when the service window is open
}

// Contact returns how support is reached, in a language.
func (s *Service) Contact(language string) Contact {
	c := Contact{HasCode: s.HasCode(), Window: s.deps.Window}
	if c.HasCode {
		c.Account, c.Entry = s.deps.Name, MenuEntry
	}
	if c.Window == "" {
		c.Window = windowText(language)
	}
	return c
}

// windowText returns the default text about the service window.
func windowText(language string) string {
	return identity.Text{
		Chinese:     "请在工作时间携带有效证件原件，到当地登记机关服务窗口办理；窗口办理不需要刷脸，也不需要银行卡。",
		Traditional: "請在工作時間攜帶有效證件原件，到當地登記機關服務窗口辦理；窗口辦理不需要刷臉，也不需要銀行卡。",
		English:     "Bring your original document to the service window of your registration authority during its opening hours. Neither the face check nor a bank card is needed there.",
	}.For(language)
}
