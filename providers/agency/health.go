package agency

// Health tells what a call that brought no decision says of the gateway: a
// refusal that it signed comes from one that works, unless it says that it does
// not. known is false for a call that had no place there, or whose caller left.
func (e *Error) Health() (well, known bool) {
	switch e.Code {
	case codeNotAsked, codeCancelled:
		return false, false
	case codeNotSent, codeTimeout, codeBroken, codeUnsigned, codeBadSignature, codeOtherRequest, codeLate,
		codeUnreadable, codeOtherSubject, codeBadPage,
		codeBusy, codeInternal,
		codeReplayed: // the connection broke, and the transport tried again by itself
		return false, true
	}
	return true, true
}
