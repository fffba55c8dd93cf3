package wechat

import "strconv"

// HashCert is exported for the vector of WeChat's page, whose number is not a valid one.
func HashCert(name, number string) string { return hashCert(name, number) }

// Rejected returns the error of an answer with an errcode.
func Rejected(code string) error {
	n, err := strconv.ParseInt(code, 10, 64)
	if err != nil {
		return err
	}
	return rejected("call", &exchange{status: 200, code: n})
}
