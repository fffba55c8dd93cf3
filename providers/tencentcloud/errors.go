package tencentcloud

import (
	"strings"

	"renzheng/providers/kit"
	"renzheng/verification"
)

const provider = "tencentcloud"

func notAsked(action string) *kit.CallError {
	return kit.NotAsked(provider, action).With(verification.ErrNothingDone)
}

// unreadable returns the error of an answer that is not understood.
func unreadable(action string, a answer) *kit.CallError {
	return kit.Unreadable(provider, action, a.status).WithID(a.requestID)
}

// rejected returns the error of an answer of the vendor's gateway, which speaks if
// the data source did not.
func rejected(action string, a answer) *kit.CallError {
	e := kit.Rejected(provider, action, a.code, a.status).WithID(a.requestID)
	e.NoEffect = beforeSource(a.code)
	for _, failing := range []string{"InternalError", "RequestLimitExceeded", "FailedOperation", "ServiceUnavailable"} {
		if a.code == failing || strings.HasPrefix(a.code, failing+".") {
			e.State = kit.Failing
		}
	}
	return e.IfNoEffect(verification.ErrNothingDone)
}

// beforeSource reports whether a code of the vendor's gateway means that the
// request was rejected before any data source was asked. Codes that are not listed,
// such as InternalError and most of FailedOperation, leave that open.
// Source: https://cloud.tencent.com/document/product/1388/114322 (common codes).
func beforeSource(code string) bool {
	if code == "FailedOperation.RequestLimitExceeded" {
		return true
	}
	family, _, _ := strings.Cut(code, ".")
	switch family {
	case "AuthFailure", "UnauthorizedOperation", "IpInBlacklist", "IpNotInWhitelist", // who asks
		"MissingParameter", "UnknownParameter", "InvalidParameter", "InvalidParameterValue", // what is asked
		"InvalidRequest", "InvalidAction", "ActionOffline", "NoSuchProduct", "NoSuchVersion", // of whom
		"UnsupportedProtocol", "UnsupportedRegion", "RequestSizeLimitExceeded", // how
		"RequestLimitExceeded": // how often
		return true
	}
	return false
}
