package verification

// cardEntries are the failures of a bank card. Holder, number and phone share
// one answer (R13).
func cardEntries() []Entry {
	return []Entry{
		{
			Code: CardDiffers, Kind: KindCard, Retryable: true, Counted: true,
			Prompt: Text{Chinese: "银行卡核验未通过", English: "The bank card could not be confirmed"},
			Cause: Text{
				Chinese: "持卡人、卡号和银行预留手机号不能对应，可能填写有误，也可能不是本人名下的银行卡。",
				English: "Holder, card number and the phone kept by the bank do not belong together: " +
					"something may be mistyped, or the card may not be your own.",
			},
			Remedies: remedies(CheckInput, OtherCard, AskBank),
		},
		{
			Code: CardUnusable, Kind: KindCard, Retryable: true,
			Prompt: Text{Chinese: "该银行卡暂不能用于核验", English: "This bank card cannot be used here"},
			Cause: Text{
				Chinese: "银行卡可能处于停用、挂失、过期等状态，或发卡银行不支持，不计次数。",
				English: "The card may be blocked, reported lost or expired, or its bank may not take part; no try was used.",
			},
			Remedies: remedies(OtherCard, AskBank),
		},
		{
			Code: CardInputWrong, Kind: KindCard, Retryable: true,
			Prompt:   Text{Chinese: "银行卡信息格式有误", English: "The bank card data cannot be read"},
			Cause:    Text{Chinese: "卡号和手机号的格式未被接受，不计次数。", English: "The format of card number and phone was not accepted; no try was used."},
			Remedies: remedies(CheckInput, OtherCard),
		},
		{
			Code: CardLocked, Kind: KindCard,
			Prompt: Text{Chinese: "该银行卡今日核验次数已达上限", English: "This bank card has been checked too often today"},
			Cause: Text{
				Chinese: "为保护持卡人，银行卡网络限制同一张卡每日的核验次数。",
				English: "To protect card holders the card networks limit how often one card is checked in a day.",
			},
			Remedies: remedies(OtherCard, RetryLater),
		},
		{
			Code: CardUnresolved, Kind: KindCard, Retryable: true,
			Prompt: Text{Chinese: "银行卡核验没有得到结果", English: "The bank card check brought no answer"},
			Cause: Text{
				Chinese: "网络或银行系统没有及时答复，不计次数；我们不会自动重复提交。",
				English: "The network or the bank did not answer in time. No try was used, and we do not submit it again by ourselves.",
			},
			Remedies: remedies(RetryLater, OtherCard),
		},
	}
}
