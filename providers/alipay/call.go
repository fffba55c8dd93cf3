package alipay

import (
	"context"
	"encoding/json"

	sdk "github.com/smartwalle/alipay/v3"

	"renzheng/providers/kit"
)

const codeSuccess = "10000" // the SDK's IsSuccess takes another one too

// answer has the fields that every answer has.
type answer struct {
	Code    loose `json:"code"`
	SubCode loose `json:"sub_code"`
}

// outcome returns the code and the sub code of a signed answer.
func (a answer) outcome() (code, subCode string) { return string(a.Code), string(a.SubCode) }

// outcomer is what call decodes an answer into.
type outcomer interface {
	outcome() (code, subCode string)
}

// loose is a string of an answer, or the raw JSON of anything else. Alipay sends
// numbers as strings and strings as numbers.
type loose string

// UnmarshalJSON accepts any JSON value.
func (l *loose) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		*l = loose(data)
		return nil //nolint:nilerr // anything but a string is kept as it came
	}
	*l = loose(text)
	return nil
}

// call sends a payload and decodes its answer into into. It returns nil if Alipay
// signed the answer and its code is success. The SDK checks only the signature.
func (c *Client) call(ctx context.Context, p *sdk.Payload, limit int64, into outcomer) *kit.CallError {
	ctx, seen := withExchange(ctx, limit)
	if err := c.calls.Request(ctx, p, into); err != nil {
		return classify(p.APIName(), seen, err)
	}
	code, subCode := into.outcome()
	if code == codeSuccess {
		return nil
	}
	failed := seen.name(rejected(p.APIName(), code, subCode))
	failed.Signed = true
	return failed
}
