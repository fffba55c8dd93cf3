package support

// MenuEntry is what the entry of the service account's menu is called (M-38).
const MenuEntry = "登记注册自然人身份验证系统"

// Contact is how support is reached. It is the same for everybody.
type Contact struct {
	Account string // name of the service account, "" where there is none
	Entry   string // of its menu; "" likewise
	HasCode bool   // there is a picture of a QR code
	Window  string // where the service window helps
}

// Contact tells how support is reached.
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

// windowText serves where the operator gives no text of their own.
func windowText(language string) string {
	switch language {
	case English:
		return "The service window of your registration authority helps in its opening hours. Bring your original document; neither the face check nor a bank card is needed there."
	case Traditional:
		return "請在工作時間攜帶有效證件原件，到當地登記機關服務窗口辦理；窗口辦理不需要刷臉，也不需要銀行卡。"
	}
	return "请在工作时间携带有效证件原件，到当地登记机关服务窗口办理；窗口办理不需要刷脸，也不需要银行卡。"
}
