package tencentcloud

// Rejected returns the error of an answer with a code.
func Rejected(code string) error { return rejected("call", answer{status: 200, code: code}) }
