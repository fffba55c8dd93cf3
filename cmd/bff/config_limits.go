package main

import (
	"time"

	"renzheng/verification"
)

// LimitsConfig holds the tries a person has in 24 h (R12).
type LimitsConfig struct {
	Face                  int `help:"Faces that did not pass, of one account as one person, in 24 h." default:"5" env:"BFF_LIMITS_FACE"`
	FaceStarts            int `help:"Face starts of one account in 24 h, whatever their outcome." default:"60" env:"BFF_LIMITS_FACE_STARTS"`
	FaceOfSubject         int `help:"Faces that did not pass as one person in 24 h, over all accounts that never passed as this person." default:"15" env:"BFF_LIMITS_FACE_OF_SUBJECT"`
	BankCard              int `help:"Bank cards that did not match, of one account as one person, in 24 h." default:"4" env:"BFF_LIMITS_BANK_CARD"`
	BankCardStarts        int `help:"Bank-card queries of one account in 24 h, whatever their outcome." default:"12" env:"BFF_LIMITS_BANK_CARD_STARTS"`
	BankCardOfSubject     int `help:"Bank cards that did not match as one person in 24 h, over all accounts that never passed as this person." default:"8" env:"BFF_LIMITS_BANK_CARD_OF_SUBJECT"`
	FourElements          int `help:"Validities that did not match, of one account as one person, in 24 h." default:"4" env:"BFF_LIMITS_FOUR_ELEMENTS"`
	FourElementsStarts    int `help:"Four-element queries of one account in 24 h, whatever their outcome." default:"12" env:"BFF_LIMITS_FOUR_ELEMENTS_STARTS"`
	FourElementsOfSubject int `help:"Validities that did not match as one person in 24 h, over all accounts that never passed as this person." default:"8" env:"BFF_LIMITS_FOUR_ELEMENTS_OF_SUBJECT"`
	Document              int `help:"Documents that did not match, of one account as one person, in 24 h." default:"4" env:"BFF_LIMITS_DOCUMENT"`
	DocumentStarts        int `help:"Document queries of one account in 24 h, whatever their outcome." default:"12" env:"BFF_LIMITS_DOCUMENT_STARTS"`
	DocumentOfSubject     int `help:"Documents that did not match as one person in 24 h, over all accounts that never passed as this person." default:"8" env:"BFF_LIMITS_DOCUMENT_OF_SUBJECT"`
	Card                  int `help:"Queries for one bank card in 24 h by anybody: the card networks' rule." default:"3" env:"BFF_LIMITS_CARD"`
	Subjects              int `help:"Different persons one account may try to be in a day." default:"5" env:"BFF_LIMITS_SUBJECTS"`
}

// limits gives them to the rules.
func (c LimitsConfig) limits() verification.Limits {
	daily := func(tries int) verification.Limit { return verification.Limit{Tries: tries, Window: 24 * time.Hour} }
	return verification.Limits{
		Face: daily(c.Face), FaceStarts: daily(c.FaceStarts), FaceOfSubject: daily(c.FaceOfSubject),
		BankCard: daily(c.BankCard), BankCardStarts: daily(c.BankCardStarts), BankCardOfSubject: daily(c.BankCardOfSubject),
		FourElements: daily(c.FourElements), FourElementsStarts: daily(c.FourElementsStarts),
		FourElementsOfSubject: daily(c.FourElementsOfSubject),
		Document:              daily(c.Document), DocumentStarts: daily(c.DocumentStarts), DocumentOfSubject: daily(c.DocumentOfSubject),
		Card: daily(c.Card), Subjects: daily(c.Subjects),
	}
}
