package tencentcloud

import (
	"context"
	"fmt"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
)

const (
	service = "faceid"
	version = "2018-03-01"
)

// Client asks the service. Safe for concurrent use.
type Client struct {
	sdk     *common.Client
	timeout time.Duration
}

// New gives a client, or all problems of its configuration. It sends nothing.
func New(c Config) (*Client, error) {
	if err := c.Validate(); err != nil {
		return nil, fmt.Errorf("configuring tencentcloud: %w", err)
	}
	c = c.withDefaults()
	p := profile.NewClientProfile()
	p.HttpProfile.Scheme, p.HttpProfile.Endpoint = c.Scheme, c.Endpoint
	p.HttpProfile.ReqTimeout = 0 // the context bounds a call, to the millisecond
	p.NetworkFailureMaxRetries = 0
	p.RateLimitExceededMaxRetries = 0
	p.DisableRegionBreaker = true // the breaker would send to a host of its own choice
	sdk := common.NewCommonClient(common.NewCredential(c.SecretID, c.SecretKey.Reveal()), "", p)
	sdk.WithHttpTransport(&door{next: c.Transport, scheme: c.Scheme, endpoint: c.Endpoint})
	return &Client{sdk: sdk, timeout: c.Timeout}, nil
}

// call asks once and gives the source's result. Errors: *Error.
func (c *Client) call(ctx context.Context, action string, parameters map[string]any) (answer, error) {
	if err := ctx.Err(); err != nil {
		return answer{}, notAsked(action, err)
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()

	var e exchange
	request := tchttp.NewCommonRequest(service, version, action)
	request.SetContext(e.in(ctx))
	if err := request.SetActionParameters(parameters); err != nil {
		return answer{}, notAsked(action)
	}
	// The exchange says more than the SDK's error, whose text may repeat answers.
	if err := c.sdk.Send(request, tchttp.NewCommonResponse()); err != nil {
		return answer{}, e.failure(action)
	}
	a, ok := readAnswer(e.status, e.body)
	switch {
	case !ok:
		return answer{}, &Error{Action: action, Code: codeUnreadable, Status: a.status, RequestID: a.requestID}
	case a.code != "":
		return answer{}, refused(action, a)
	}
	return a, nil
}
