package alibabacloud

import (
	"net/http"
	"regexp"
	"strings"

	"renzheng/providers/kit"
	"renzheng/strictjson"
	"renzheng/subscriber"
)

const smsSent = "OK"

// smsCodeShape is that of the codes of the service, such as isv.BUSINESS_LIMIT_CONTROL, and of the gateway.
var smsCodeShape = regexp.MustCompile(`^[A-Za-z]{1,64}(\.[A-Za-z_]{1,64}){0,3}$`)

// readSent returns nil if the vendor took the message. The service answers with status 200 whatever it says, the gateway with 400 or more.
func readSent(r kit.Reply) error {
	outer, err := strictjson.ReadObject(r.Body)
	if err != nil {
		return kit.Unreadable(provider, smsAction, r.Status)
	}
	id, code := outer.Matching("RequestId", requestIDShape), outer.Matching("Code", smsCodeShape)
	switch {
	case code == smsSent && r.Status == http.StatusOK:
		return nil
	case code == "" || code == smsSent || r.Status != http.StatusOK && r.Status < http.StatusBadRequest:
		return kit.Unreadable(provider, smsAction, r.Status).WithID(id)
	}
	return notSent(code, r.Status).WithID(id)
}

// notSent returns the error of a code. Codes isv.… are about what was asked, and nothing was sent; isp.… are of the service itself, which
// may have sent the message, unless the key lacks the right. Source: https://help.aliyun.com/zh/sms/developer-reference/api-error-codes, 2026-11.
func notSent(code string, status int) *kit.CallError {
	e := kit.Rejected(provider, smsAction, code, status)
	if status >= http.StatusInternalServerError || isFailing(code) || strings.HasPrefix(code, "isp.") {
		e.State = kit.Failing
	}
	e.NoEffect = strings.HasPrefix(code, "isv.") || code == "isp.RAM_PERMISSION_DENY" || beforeSource(code)
	if code == "isv.MOBILE_NUMBER_ILLEGAL" {
		e = e.With(subscriber.ErrUnreachable)
	}
	return e.IfNoEffect(subscriber.ErrNotSent)
}
