package tencentcloud

import (
	"renzheng/verification"
	"renzheng/verification/failure"
)

// decide translates a result of the source. The catalogue of failures decides
// which ones use up a try, so the codes must distinguish four cases: the elements
// do not belong together, this card cannot be used, the input was rejected unread,
// and nothing was checked.
//
// Name and number share one code, as do card and phone, and a mismatch does not
// say of what (R13). An unknown code is no verdict on the person.
func decide(action, result string) (verification.Outcome, failure.Code) {
	switch {
	case result == "0":
		return verification.OutcomePassed, ""
	case action == fourElements:
		return verification.OutcomeFailed, failureOf4E(result)
	default:
		return verification.OutcomeFailed, failureOf3E(result)
	}
}

// failureOf4E returns the failure for a result of BankCard4EVerification. Source:
// https://cloud.tencent.com/document/product/1007/35775
func failureOf4E(result string) failure.Code {
	switch result {
	case "-1", // not passed
		"-6": // holder wrong
		return failure.CardDiffers
	case "-2", // name refused
		"-3": // ID number wrong
		return failure.IdentityNotConfirmed
	case "-4", // card number malformed
		"-5": // phone malformed
		return failure.CardInputWrong
	case "-7", // payment without the card is off
		"-8",  // confiscated
		"-9",  // no valid card
		"-10", // no issuer
		"-11", // not activated, or dormant
		"-12", // used for fraud, or swallowed
		"-13", // reported lost
		"-14", // expired
		"-15", // restricted
		"-16", // wrong PIN too often
		"-17", // the issuer does not take part
		"-21": // state abnormal, or number wrong
		return failure.CardUnusable
	case "-18":
		return failure.ProviderBusy
	case "-19": // until tomorrow
		return failure.CardLocked
	case "-20": // second-generation resident IDs only
		return failure.RouteMissing
	default:
		return failure.TryAgainLater
	}
}

// failureOf3E returns the failure for a result of BankCardVerification. It has no
// "-5" for the phone, so every later code is one less than in failureOf4E. Source:
// https://www.tencentcloud.com/document/api/1061/78854
func failureOf3E(result string) failure.Code {
	switch result {
	case "-1", // not passed
		"-5": // holder wrong
		return failure.CardDiffers
	case "-2", // name refused
		"-3": // ID number wrong
		return failure.IdentityNotConfirmed
	case "-4": // card number malformed
		return failure.CardInputWrong
	case "-6", // payment without the card is off
		"-7",  // confiscated
		"-8",  // no valid card
		"-9",  // no issuer
		"-10", // not activated, or dormant
		"-11", // used for fraud, or swallowed
		"-12", // reported lost
		"-13", // expired
		"-14", // restricted
		"-15", // wrong PIN too often
		"-16", // the issuer does not take part
		"-20": // state abnormal, or number wrong
		return failure.CardUnusable
	case "-17":
		return failure.ProviderBusy
	case "-18": // until tomorrow
		return failure.CardLocked
	case "-19": // second-generation resident IDs only
		return failure.RouteMissing
	default:
		return failure.TryAgainLater
	}
}
