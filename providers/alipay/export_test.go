package alipay

// Rejected returns the error of an answer with codes.
func Rejected(code, subCode string) error { return rejected("call", code, subCode) }
