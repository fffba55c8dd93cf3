package alipay

import "strings"

// Health tells what a call that brought no decision says of Alipay: a refusal
// comes from a gateway that works, unless it refuses because something behind it
// does not. known is false for a call that had no place there, or whose caller
// left.
func (e *CallError) Health() (well, known bool) {
	switch e.Code {
	case codeNotSent:
		return false, e.unreached
	case codeCanceled:
		return false, false
	case codeTimeout, codeStatus, codeTooLarge, codeTransport, codeBadAnswer,
		"20000": // the service is down
		return false, true
	}
	internal := strings.Contains(e.SubCode, "SYSTEM_ERROR") || strings.HasPrefix(e.SubCode, "isp.")
	return !internal, true
}
