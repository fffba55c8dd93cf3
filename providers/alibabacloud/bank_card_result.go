package alibabacloud

import "renzheng/verification/failure"

// What the source found.
const (
	consistent   = "1"
	inconsistent = "2"
	noRecord     = "3"
	cardPassed   = "101"
)

// cardRefusal reads a code of the service that says something of the input or
// of the source; "" where it says only that there is no decision.
func cardRefusal(code string) failure.Code {
	switch code {
	case "401": // a parameter is not formed as it must be
		return failure.CardInputWrong
	case "402": // the source has a fault; nothing was charged
		return failure.ProviderBusy
	case "403": // asked too often
		return failure.CardLocked
	}
	return ""
}

// cardFailure reads a decision of BankMetaVerify, "" for a pass. Only a card of
// somebody else is a mismatch: that the card cannot be used, that it was asked
// too often and that nobody looked are kept apart from it. A pass needs both
// codes, and a code that is not in the vendor's list is no verdict on the
// person.
// Source: https://help.aliyun.com/zh/id-verification (银行卡核验, SubCode), 2026-11.
func cardFailure(a answer) failure.Code {
	switch a.biz {
	case consistent:
		if a.sub == cardPassed {
			return ""
		}
	case inconsistent, noRecord:
		return cardSubFailure(a)
	}
	return failure.TryAgainLater
}

func cardSubFailure(a answer) failure.Code {
	switch a.sub {
	case "201": // holder, number or phone differ
		if a.biz == inconsistent {
			return failure.CardDiffers
		}
		return failure.TryAgainLater
	case "202", // payment without the card is off
		"203", // expired
		"204", // restricted
		"205", // confiscated
		"206", // no valid card
		"207", // no issuer
		"208", // dormant, or not activated
		"209", // used for fraud, or swallowed
		"210", // reported lost
		"211", // wrong PIN too often
		"212", // the issuer does not take part
		"213", // state abnormal
		"214", // the bank keeps no phone for it
		"215", // PIN, date or CVN2
		"301", // not a card the source knows
		"302", // refused by the issuer
		"303": // the issuer does not compare phones
		return failure.CardUnusable
	case "304": // no such card number
		return failure.CardInputWrong
	case "306": // until tomorrow
		return failure.CardLocked
	}
	return failure.TryAgainLater
}
