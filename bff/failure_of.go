package bff

import (
	"strings"

	"renzheng/identity"
	"renzheng/verification"
)

// failureOfProblem gives the failure behind a problem that stops a person, so
// that even a server that broke shows the way to the window. A registry gets
// none: it is no person.
func failureOfProblem(c *call, code string) verification.FailureCode {
	if !c.personal() {
		return ""
	}
	switch code {
	case codeClient:
		return verification.ClientUnsupported
	case codeChannelOff:
		return verification.ChannelOff
	case string(verification.RiskRefused):
		return verification.RiskRefused
	case codeUnavailable, codeInternal:
		return verification.TryAgainLater
	case verification.CodeFailed:
		return verification.TriesExhausted
	}
	return ""
}

// failureOfRule gives the failure behind a value that breaks a rule of identity.
// It judges the form of what was typed, which is no secret: nobody was asked.
func failureOfRule(c *call, rule string) verification.FailureCode {
	if !c.personal() {
		return ""
	}
	switch rule {
	case identity.RuleNumberIsResidencePermit:
		return verification.DocumentTypeDiffers
	case identity.RuleNumberEmpty, identity.RuleNumberLength, identity.RuleNumberAlphabet, identity.RuleNumberFormat,
		identity.RuleNumberProvince, identity.RuleNumberBirthDate, identity.RuleNumberChecksum:
		return verification.NumberInputWrong
	case identity.RuleNameEmpty, identity.RuleNameLength, identity.RuleNameAlphabet:
		return verification.NameInputWrong
	case identity.RuleValidity, identity.RuleDateFormat:
		return verification.ValidityInputWrong
	case identity.RulePhoneForeign:
		return verification.PhoneUnsupported
	case identity.RuleCardFormat, identity.RulePhoneFormat:
		return verification.CardInputWrong
	}
	return ""
}

// personal tells whether a person's client calls.
func (c *call) personal() bool { return strings.HasPrefix(c.path, "/v1/") }
