package alibabacloud

import "renzheng/verification/failure"

// What the source found.
const (
	consistent   = "1"
	inconsistent = "2"
	noRecord     = "3"
	cardPassed   = "101"
)

// cardRefusal returns the failure for a code of the service about the input or the
// source, or "" if the code means only that there is no decision.
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

// cardFailure returns the failure for a decision of BankMetaVerify, or "" for a
// pass. Only somebody else's card is a mismatch. A card that cannot be used, that
// was queried too often or that was not checked is another failure. A pass needs
// both codes, and an unknown code is no verdict on the person. Source:
// https://help.aliyun.com/zh/id-verification (银行卡核验, SubCode), 2026-11.
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
