package tencentcloud

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"

	"renzheng/providers/kit"
	"renzheng/strictjson"
	"renzheng/subscriber"
)

const smsSent = "Ok"

// smsCodeShape is that of the codes of one number, which may contain digits.
var smsCodeShape = regexp.MustCompile(`^[A-Za-z]{1,64}(\.[A-Za-z0-9]{1,64}){0,3}$`)

// readSent returns nil if the vendor took the message. A call that succeeded may still have failed for its number.
func readSent(r kit.Reply) error {
	outer, err := strictjson.ReadObject(r.Body)
	if err != nil || r.Status != http.StatusOK {
		return kit.Unreadable(provider, smsAction, r.Status)
	}
	response, err := strictjson.ReadObject(outer["Response"])
	if err != nil {
		return kit.Unreadable(provider, smsAction, r.Status)
	}
	id := response.Matching("RequestId", requestIDShape)
	code, ok := sentCode(response)
	switch {
	case !ok:
		return kit.Unreadable(provider, smsAction, r.Status).WithID(id)
	case code == smsSent:
		return nil
	}
	return notSent(code, r.Status).WithID(id)
}

// sentCode returns the code of the only number, or that of the gateway.
func sentCode(response strictjson.Object) (string, bool) {
	if failure, present := response["Error"]; present {
		inner, err := strictjson.ReadObject(failure)
		if err != nil {
			return "", false
		}
		code := inner.Matching("Code", smsCodeShape)
		return code, code != ""
	}
	var statuses []json.RawMessage
	if err := strictjson.Decode(response["SendStatusSet"], &statuses); err != nil || len(statuses) != 1 {
		return "", false
	}
	status, err := strictjson.ReadObject(statuses[0])
	if err != nil {
		return "", false
	}
	code := status.Matching("Code", smsCodeShape)
	return code, code != ""
}

// notSent returns the error of a code. Source: https://cloud.tencent.com/document/product/382/55981 (SendSms, error codes).
func notSent(code string, status int) *kit.CallError {
	e := kit.Rejected(provider, smsAction, code, status)
	family, _, isOne := strings.Cut(code, ".")
	if family == "ServiceUnavailable" || family == "InternalError" && code != "InternalError.SigFieldMissing" {
		e.State = kit.Failing
	}
	if !sentNothing(code, family, isOne) {
		return e // the message may be on its way
	}
	e.NoEffect = true
	e = e.With(subscriber.ErrNotSent)
	if code == "InvalidParameterValue.IncorrectPhoneNumber" || code == "FailedOperation.PhoneNumberInBlacklist" {
		e = e.With(subscriber.ErrUnreachable)
	}
	return e
}

// sentNothing reports whether a code says that nothing was sent. A code that is not documented says nothing.
func sentNothing(code, family string, isOne bool) bool {
	switch family {
	case "AuthFailure", "InvalidParameter", "InvalidParameterValue", "LimitExceeded", "MissingParameter", "NoSuchVersion",
		"RequestLimitExceeded", "UnauthorizedOperation", "UnknownParameter", "UnsupportedOperation", "UnsupportedRegion":
		return true
	case "FailedOperation":
		return isOne && code != "FailedOperation.FailResolvePacket"
	}
	return code == "InternalError.SigFieldMissing"
}
