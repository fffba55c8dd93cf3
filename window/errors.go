package window

import (
	"errors"
	"fmt"
)

// Errors of the rules. Each is shown to the member.
var (
	// ErrNotFound reports that there is no such visit at the member's office, or no such case.
	ErrNotFound = errors.New("not found at this office")
	// ErrNoCase reports that the registry has no open case with the number. It is ErrNotFound.
	ErrNoCase = fmt.Errorf("no such case: %w", ErrNotFound)
	// ErrNothingAsked reports that nothing that the person was asked can still be answered, see [Seen.Anyway].
	ErrNothingAsked = errors.New("the person is asked for nothing more")
	// ErrState reports that the visit is not in the state that the act requires, or changed meanwhile.
	ErrState = errors.New("the visit is in another state")
	// ErrRole reports that the member lacks the role.
	ErrRole = errors.New("the member lacks the role")
	// ErrSamePerson reports that the member verified the visit, or that both members are the same person (R52).
	ErrSamePerson = errors.New("a second member of another account must approve")
	// ErrChanged reports that the document was seen again after the member looked at what was typed of it.
	ErrChanged = errors.New("the document was seen again meanwhile")
	// ErrNotShown reports that the member decides without having looked at what was typed of the document.
	ErrNotShown = errors.New("the member has not looked at the document")
	// ErrOwnAffair reports that the member is the person, or is concerned by the case (R52).
	ErrOwnAffair = errors.New("nobody serves themselves or their own case")
	// ErrTypedDifferently reports that the number was not typed the same twice.
	ErrTypedDifferently = errors.New("the number was typed differently the second time")
	// ErrLimited reports that too many documents and codes did not match. It is a *LimitError.
	ErrLimited = errors.New("too many documents and codes did not match")
	// ErrNotSigner reports that nobody with this document is asked for anything in the case.
	ErrNotSigner = errors.New("the case does not ask this person")
	// ErrNameDiffers reports that the registry has this document under another name (R8).
	ErrNameDiffers = errors.New("the registry has this document under another name")
	// ErrReason reports that the reason is not one of the policy.
	ErrReason = errors.New("not a reason of the policy")
	// ErrNotMinor reports a reason that is only for minors, and a person who is not one.
	ErrNotMinor = errors.New("the reason is for a minor only")
	// ErrGuardian reports a minor without a guardian, or an adult with one.
	ErrGuardian = errors.New("a guardian is required for a minor, and only for a minor")
	// ErrTooYoung reports that the person is under fourteen, of whom nothing is kept (R9).
	ErrTooYoung = errors.New("nothing is kept of a person under fourteen")
	// ErrWitness reports that a person who cannot write needs somebody who was present.
	ErrWitness = errors.New("a person who cannot write needs a witness")
	// ErrPhoto reports that a photo of the document is required or was taken, and is missing or another one, or that it is not one of
	// a front and a back.
	ErrPhoto = errors.New("a photo of the document is missing, changed or of an unknown side")
	// ErrOutcome reports that a visit or an escalation cannot end like this.
	ErrOutcome = errors.New("not an outcome")
)
