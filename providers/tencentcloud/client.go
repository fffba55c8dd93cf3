package tencentcloud

import (
	"context"
	"fmt"
	"net/url"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"

	"renzheng/providers/kit"
	"renzheng/verification"
)

const (
	service = "faceid"
	version = "2018-03-01"
)

// Client calls the service. Safe for concurrent use.
type Client struct {
	sdk *common.Client
}

// New returns a client, or an error for each invalid field of the configuration.
// It sends nothing.
func New(c Config) (*Client, error) {
	sdk, err := open(c, "")
	if err != nil {
		return nil, err
	}
	return &Client{sdk: sdk}, nil
}

// open returns the vendor's client with our transport. Services that are the same everywhere have no region.
func open(c Config, region string) (*common.Client, error) {
	if err := c.Validate(); err != nil {
		return nil, fmt.Errorf("configuring tencentcloud: %w", err)
	}
	c = c.withDefaults()
	p := profile.NewClientProfile()
	p.HttpProfile.Scheme, p.HttpProfile.Endpoint = c.Scheme, c.Endpoint
	p.HttpProfile.ReqTimeout = 0 // the line limits a call, to the millisecond
	p.NetworkFailureMaxRetries = 0
	p.RateLimitExceededMaxRetries = 0
	p.DisableRegionBreaker = true // the breaker would send to a host of its own choice
	sdk := common.NewCommonClient(common.NewCredential(c.SecretID, c.SecretKey.Reveal()), region, p)
	sdk.WithHttpTransport(transport{kit.Line{
		Base: &url.URL{Scheme: c.Scheme, Host: c.Endpoint}, Timeout: c.Timeout, Transport: c.Transport, MaxBytes: maxAnswerBytes,
	}})
	return sdk, nil
}

// call makes one request and returns the source's result. Errors: *kit.CallError.
func (c *Client) call(ctx context.Context, action string, parameters map[string]any) (answer, error) {
	ctx, e := withExchange(ctx)
	request := tchttp.NewCommonRequest(service, version, action)
	request.SetContext(ctx)
	if err := request.SetActionParameters(parameters); err != nil {
		return answer{}, notAsked(action)
	}
	// The exchange says more than the SDK's error, whose text may repeat answers.
	if err := c.sdk.Send(request, tchttp.NewCommonResponse()); err != nil {
		return answer{}, kit.NotAnswered(provider, action, e.reply.Status, e.err).IfNoEffect(verification.ErrNothingDone)
	}
	a, ok := readAnswer(e.reply.Status, e.reply.Body)
	switch {
	case !ok:
		return answer{}, unreadable(action, a)
	case a.code != "":
		return answer{}, rejected(action, a)
	}
	return a, nil
}
