package alibabacloud

import (
	"net/http"
	"strings"
)

// Health tells what a call that brought no decision says of the service: a
// refusal comes from one that works, unless it is too busy or broken inside.
// known is false for a call that had no place there, or whose caller left.
func (e *Error) Health() (well, known bool) {
	switch e.Code {
	case codeNotAsked, codeCancelled:
		return false, false
	case codeNoWay, codeTimeout, codeBroken, codeUnreadable,
		"500", "501": // of the source
		return false, true
	}
	for _, ill := range []string{"InternalError", "ServiceUnavailable", "Throttling"} {
		if strings.HasPrefix(e.Code, ill) {
			return false, true
		}
	}
	return e.Status < http.StatusInternalServerError, true
}
