package tencentcloud

import "strings"

// Health tells what a call that brought no decision says of the service: a
// refusal comes from one that works, unless it is too busy or broken inside.
// known is false for a call that had no place there, or whose caller left.
func (e *Error) Health() (well, known bool) {
	switch e.Code {
	case codeNotAsked, codeCancelled:
		return false, false
	case codeNoWay, codeTimeout, codeBroken, codeUnreadable:
		return false, true
	}
	for _, ill := range []string{"InternalError", "RequestLimitExceeded", "FailedOperation", "ServiceUnavailable"} {
		if e.Code == ill || strings.HasPrefix(e.Code, ill+".") {
			return false, true
		}
	}
	return true, true
}
