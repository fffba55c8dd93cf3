package wechat

import "errors"

// The reasons for rejecting a push. The sender learns no more than that.
var (
	ErrPushPlain     = errors.New("push is not encrypted")
	ErrPushUnsigned  = errors.New("push is not signed by WeChat")
	ErrPushLate      = errors.New("push is not of this time")
	ErrPushReplayed  = errors.New("push has come before")
	ErrPushMalformed = errors.New("push does not read as one")
)
