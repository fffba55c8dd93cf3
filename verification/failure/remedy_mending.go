package failure

import "renzheng/identity"

// mendingTexts say what the person can correct.
func mendingTexts() map[RemedyKind]identity.Text {
	return map[RemedyKind]identity.Text{
		CheckInput: {
			Chinese:     "请逐项核对填写的内容，与证件或银行卡保持一致，改正后重新提交。",
			Traditional: "請逐項核對填寫的內容，與證件或銀行卡保持一致，改正後重新提交。",
			English:     "Compare everything you typed with your document or card, correct it and submit again.",
		},
		CheckSpelling: {
			Chinese:     "请按证件填写姓名：名字中的间隔用“·”；生僻字须与证件一致，无法输入或证件本身用字有误时，请到窗口办理。",
			Traditional: "請按證件填寫姓名：名字中的間隔用「·」；生僻字須與證件一致，無法輸入或證件本身用字有誤時，請到窗口辦理。",
			English: "Write the name as the document has it, with “·” between its parts. Rare characters must be " +
				"the document’s own; where they cannot be entered, go to the window.",
		},
		CheckNumber: {
			Chinese:     "请按证件填写号码：居民身份证18位，末位为X的用大写；港澳居民来往内地通行证填字母和其后的8位数字，不含换证次数。",
			Traditional: "請按證件填寫號碼：居民身份證18位，末位為X的用大寫；港澳居民來往內地通行證填字母和其後的8位數字，不含換證次數。",
			English: "Write the number as the document has it: 18 digits on a resident ID card, the last perhaps " +
				"a capital X; on a permit of Hong Kong or Macau residents the letter and the eight digits " +
				"after it, without the count of renewals.",
		},
		CheckValidity: {
			Chinese:     "请使用最近领取的证件，按证件填写有效期；证件上印有“长期”的，请选择长期。",
			Traditional: "請使用最近領取的證件，按證件填寫有效期；證件上印有「長期」的，請選擇長期。",
			English: "Use the document that was issued last and enter its validity as printed; where it says 长期, " +
				"choose long-term.",
		},
		ChooseType: {
			Chinese:     "请改选与号码相符的证件类型：81、82、83开头的18位号码选择港澳或台湾居民居住证。",
			Traditional: "請改選與號碼相符的證件類型：81、82、83開頭的18位號碼選擇港澳或台灣居民居住證。",
			English: "Choose the type that the number belongs to: for 18 digits beginning with 81, 82 or 83 the " +
				"residence permit for residents of Hong Kong, Macau or Taiwan.",
		},
		PhotoAgain: {
			Chinese:     "请重新拍摄证件原件：四角完整、字迹清晰、无反光、无遮挡。",
			Traditional: "請重新拍攝證件原件：四角完整、字跡清晰、無反光、無遮擋。",
			English: "Take the photo of the original document again: all four corners, sharp, without " +
				"reflections, nothing covered.",
		},
		UseOwnAccount: {
			Chinese:     "请由本人登录本人实名的账号办理。",
			Traditional: "請由本人登入本人實名的賬號辦理。",
			English:     "Log in with the account that is verified in your own name.",
		},
	}
}
