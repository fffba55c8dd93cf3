package failure

import "renzheng/identity"

// cardEntries are the failures of a bank card. Holder, number and phone share
// one answer (R13).
func cardEntries() []Entry {
	return []Entry{
		{
			Code: CardDiffers, Kind: KindCard, Retryable: true, Counted: true,
			Prompt: identity.Text{
				Chinese:     "银行卡核验未通过",
				Traditional: "銀行卡核驗未通過",
				English:     "The bank card could not be confirmed",
			},
			Cause: identity.Text{
				Chinese:     "持卡人、卡号和银行预留手机号不能对应，可能填写有误，也可能不是本人名下的银行卡。",
				Traditional: "持卡人、卡號和銀行預留手機號不能對應，可能填寫有誤，也可能不是本人名下的銀行卡。",
				English: "Holder, card number and the phone kept by the bank do not belong together: something may be " +
					"mistyped, or the card may not be your own.",
			},
			Remedies: remedies(CheckInput, OtherCard, AskBank),
		},
		{
			Code: CardUnusable, Kind: KindCard, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "该银行卡暂不能用于核验",
				Traditional: "該銀行卡暫不能用於核驗",
				English:     "This bank card cannot be used here",
			},
			Cause: identity.Text{
				Chinese:     "银行卡可能处于停用、挂失、过期等状态，或发卡银行不支持，不计次数。",
				Traditional: "銀行卡可能處於停用、掛失、過期等狀態，或發卡銀行不支持，不計次數。",
				English: "The card may be blocked, reported lost or expired, or its bank may not take part; no try " +
					"was used.",
			},
			Remedies: remedies(OtherCard, AskBank),
		},
		{
			Code: CardInputWrong, Kind: KindCard, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "银行卡信息格式有误",
				Traditional: "銀行卡資料格式有誤",
				English:     "The bank card data cannot be read",
			},
			Cause: identity.Text{
				Chinese:     "卡号和手机号的格式未被接受，不计次数。",
				Traditional: "卡號和手機號的格式未被接受，不計次數。",
				English:     "The format of card number and phone was not accepted; no try was used.",
			},
			Remedies: remedies(CheckInput, OtherCard),
		},
		{
			Code: PhoneUnsupported, Kind: KindCard, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "暂不支持该手机号",
				Traditional: "暫不支持該手機號",
				English:     "This phone number is not supported yet",
			},
			Cause: identity.Text{
				Chinese:     "须是中国内地的手机号；个别新号段或虚拟运营商号段暂不能核验，不计次数。",
				Traditional: "須是中國內地的手機號；個別新號段或虛擬運營商號段暫不能核驗，不計次數。",
				English: "It has to be a mobile number of mainland China; some new ranges and some of virtual " +
					"operators cannot be checked yet. No try was used.",
			},
			Remedies: remedies(CheckInput, OtherPhone, OtherCard, RetryLater),
		},
		{
			Code: CardLocked, Kind: KindCard,
			Prompt: identity.Text{
				Chinese:     "该银行卡今日核验次数已达上限",
				Traditional: "該銀行卡今日核驗次數已達上限",
				English:     "This bank card has been checked too often today",
			},
			Cause: identity.Text{
				Chinese:     "为保护持卡人，银行卡网络限制同一张卡每日的核验次数，本次不计次数。",
				Traditional: "為保護持卡人，銀行卡網絡限制同一張卡每日的核驗次數，本次不計次數。",
				English: "To protect card holders the card networks limit how often one card is checked in a day. " +
					"This time no try was used.",
			},
			Remedies: remedies(OtherCard, RetryLater),
		},
		{
			Code: CardUnresolved, Kind: KindCard, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "银行卡核验没有得到结果",
				Traditional: "銀行卡核驗沒有得到結果",
				English:     "The bank card check brought no answer",
			},
			Cause: identity.Text{
				Chinese:     "网络或银行系统没有及时答复，不计次数；我们不会自动重复提交。",
				Traditional: "網絡或銀行系統沒有及時答覆，不計次數；我們不會自動重複提交。",
				English: "The network or the bank did not answer in time. No try was used, and we do not submit it " +
					"again by ourselves.",
			},
			Remedies: remedies(OtherCard, RetryLater),
		},
	}
}
