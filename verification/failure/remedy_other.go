package failure

import "renzheng/identity"

// otherTexts say what to use instead.
func otherTexts() map[RemedyKind]identity.Text {
	return map[RemedyKind]identity.Text{
		OtherCard: {
			Chinese:     "请换用本人名下其他正在使用的银行卡。",
			Traditional: "請換用本人名下其他正在使用的銀行卡。",
			English:     "Use another bank card of your own that is in use.",
		},
		OtherPhone: {
			Chinese:     "请换用另一个可以接收短信的内地手机号；核验银行卡时须是该卡在银行预留的手机号。",
			Traditional: "請換用另一個可以接收短信的內地手機號；核驗銀行卡時須是該卡在銀行預留的手機號。",
			English: "Use another mobile number of the mainland that receives messages; for a bank card the one " +
				"that its bank keeps for it.",
		},
		AskBank: {
			Chinese:     "请向发卡银行核实卡片状态和预留信息。",
			Traditional: "請向發卡銀行核實卡片狀態和預留資料。",
			English:     "Ask your bank about the state of the card and the data it keeps on you.",
		},
		OtherMethod: {
			Chinese:     "请换用其他受支持的证件或渠道。",
			Traditional: "請換用其他受支持的證件或渠道。",
			English:     "Use another supported document or channel.",
		},
	}
}

// lastTexts say where the ways that are always open lead.
func lastTexts() map[RemedyKind]identity.Text {
	return map[RemedyKind]identity.Text{
		RetryLater: {
			Chinese:     "请稍后再试；页面显示了可再次尝试的时间时，请在该时间之后再试。",
			Traditional: "請稍後再試；頁面顯示了可再次嘗試的時間時，請在該時間之後再試。",
			English:     "Try again later; where a time is shown, after that time.",
		},
		ServiceWindow: {
			Chinese:     "请携带证件原件到登记窗口现场办理，现场办理不需要人脸识别和银行卡；可出示本页的凭条码。",
			Traditional: "請攜帶證件原件到登記窗口現場辦理，現場辦理不需要人臉識別和銀行卡；可出示本頁的憑條碼。",
			English: "Bring the original document to the registration window; no face recognition and no bank " +
				"card is needed there. You may show the code of the slip on this page.",
		},
		TechnicalSupport: {
			Chinese:     "请点击“技术支持”，由工作人员在线协助。",
			Traditional: "請點擊「技術支持」，由工作人員在線協助。",
			English:     "Tap “Technical support” for help from our staff.",
		},
	}
}
