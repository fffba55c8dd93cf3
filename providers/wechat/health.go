package wechat

import "slices"

// Health tells what a call that brought no decision says of WeChat: a refusal
// comes from a platform that works, unless it is too busy for us. known is false
// for a call that had no place there, whose caller left, or that waited for our
// own store.
func (e *CallError) Health() (well, known bool) {
	switch e.Code {
	case codeNotSent:
		return false, e.unreached
	case codeCanceled, codeStore, codeWaited:
		return false, false
	case codeTimeout, codeStatus, codeTooLarge, codeTransport, codeBadAnswer:
		return false, true
	}
	busy := slices.Contains([]string{
		codeBusy,
		"45009", // as often as a day allows
		"45011", // as often as a minute allows
	}, e.Code)
	return !busy, true
}
