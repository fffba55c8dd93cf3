package bff

import (
	"strings"

	"renzheng/bff/problem"
	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// failureOfProblem returns the failure behind a problem of a person, so that even
// an internal error shows the way to the service window. It returns "" for a
// registry's request.
func failureOfProblem(c *call, code string) failure.Code {
	if !c.personal() {
		return ""
	}
	switch code {
	case problem.Client:
		return failure.ClientUnsupported
	case problem.ChannelOff:
		return failure.ChannelOff
	case string(failure.RiskRefused):
		return failure.RiskRefused
	case problem.Unavailable, problem.Internal:
		return failure.TryAgainLater
	case verification.CodeFailed:
		return failure.TriesExhausted
	}
	return ""
}

// failureOfRule returns the failure behind a value that breaks a rule of identity.
// It depends on the format of the value only, because no data source was queried.
func failureOfRule(c *call, rule string) failure.Code {
	if !c.personal() {
		return ""
	}
	switch rule {
	case identity.RuleNumberIsResidencePermit:
		return failure.DocumentTypeDiffers
	case identity.RuleNumberEmpty, identity.RuleNumberLength, identity.RuleNumberAlphabet, identity.RuleNumberFormat,
		identity.RuleNumberProvince, identity.RuleNumberBirthDate, identity.RuleNumberChecksum:
		return failure.NumberInputWrong
	case identity.RuleNameEmpty, identity.RuleNameLength, identity.RuleNameAlphabet:
		return failure.NameInputWrong
	case identity.RuleValidity, identity.RuleDateFormat:
		return failure.ValidityInputWrong
	case identity.RulePhoneForeign:
		return failure.PhoneUnsupported
	case identity.RuleCardFormat, identity.RulePhoneFormat:
		return failure.CardInputWrong
	}
	return ""
}

// personal reports whether the request is of a person's client.
func (c *call) personal() bool { return strings.HasPrefix(c.path, "/v1/") }
