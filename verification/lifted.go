package verification

import (
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// ScopeOfPersons returns the scope of the quota of persons whom an account verifies in the day of a time. An appeal may
// reset it.
func ScopeOfPersons(accountID string, now time.Time) string {
	return strings.Join([]string{subjectsScope, accountID, identity.DateAt(now).String()}, "|")
}

// ScopesOfTries returns the scopes of a person's own tries from an account, and of the account's starts. An appeal may
// reset them. The limits of card networks and sources are not among them.
func ScopesOfTries(accountID, subjectID string) []string {
	var scopes []string
	for _, kind := range []policy.CheckKind{policy.Face, policy.BankCard, policy.FourElements, policy.DocumentCheck} {
		scopes = append(scopes,
			strings.Join([]string{string(kind), accountID, subjectID}, "|"), strings.Join([]string{"starts", string(kind), accountID}, "|"),
			strings.Join([]string{string(kind), "all", subjectID}, "|"))
	}
	return scopes
}
