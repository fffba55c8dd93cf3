package alibabacloud

import (
	"net/http"
	"slices"
	"strings"

	"renzheng/providers/kit"
	"renzheng/verification"
)

const provider = "alibabacloud"

func notAsked(action string) *kit.CallError {
	return kit.NotAsked(provider, action).With(verification.ErrNothingDone)
}

// unreadable returns the error of an answer that is not understood.
func unreadable(action string, a answer) *kit.CallError {
	return kit.Unreadable(provider, action, a.status).WithID(a.requestID)
}

// rejected returns the error of an answer in which the source did not speak.
func rejected(action string, a answer) *kit.CallError {
	e := kit.Rejected(provider, action, a.code, a.status).WithID(a.requestID)
	e.NoEffect = beforeSource(a.code)
	if a.status >= http.StatusInternalServerError || isFailing(a.code) {
		e.State = kit.Failing
	}
	return e.IfNoEffect(verification.ErrNothingDone)
}

// isFailing reports whether a code means that the service or its source is
// overloaded or broken.
func isFailing(code string) bool {
	return code == "500" || code == "501" || slices.ContainsFunc(
		[]string{"InternalError", "ServiceUnavailable", "Throttling"},
		func(prefix string) bool { return strings.HasPrefix(code, prefix) },
	)
}

// beforeSource reports whether a code means that the request was rejected before
// any data source was asked. Codes that are not listed, such as 500, InternalError
// and ServiceUnavailable, leave that open.
// Source: https://help.aliyun.com/zh/id-verification (return codes) and the
// vendor's common error codes, 2026-11.
func beforeSource(code string) bool {
	if slices.Contains([]string{
		"400", // a parameter is missing
		"410", // the product is not open
		"411", // the key may not
		"412", // the bill is not paid
	}, code) {
		return true
	}
	family, _, _ := strings.Cut(code, ".")
	for _, start := range []string{
		"InvalidAccessKey", "InvalidSecurityToken", "IncompleteSignature", "Signature", "InvalidTimeStamp", // who asks
		"Forbidden", "NoPermission", // whether they may
		"Missing", "InvalidParameter", "InvalidAction", "InvalidVersion", "InvalidProtocol", "Unsupported", // what is asked
		"Throttling", // how often
	} {
		if strings.HasPrefix(family, start) {
			return true
		}
	}
	return false
}
