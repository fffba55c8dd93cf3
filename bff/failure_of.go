package bff

import (
	"strings"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// failureOfProblem gives the failure behind a problem that stops a person, so
// that even a server that broke shows the way to the window. A registry gets
// none: it is no person.
func failureOfProblem(c *call, code string) failure.Code {
	if !c.personal() {
		return ""
	}
	switch code {
	case codeClient:
		return failure.ClientUnsupported
	case codeChannelOff:
		return failure.ChannelOff
	case string(failure.RiskRefused):
		return failure.RiskRefused
	case codeUnavailable, codeInternal:
		return failure.TryAgainLater
	case verification.CodeFailed:
		return failure.TriesExhausted
	}
	return ""
}

// failureOfRule gives the failure behind a value that breaks a rule of identity.
// It judges the form of what was typed, which is no secret: nobody was asked.
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

// personal tells whether a person's client calls.
func (c *call) personal() bool { return strings.HasPrefix(c.path, "/v1/") }
