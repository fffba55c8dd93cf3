package wechat

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/silenceper/wechat/v2/miniprogram/auth"
	miniconfig "github.com/silenceper/wechat/v2/miniprogram/config"
	minicontext "github.com/silenceper/wechat/v2/miniprogram/context"
	"github.com/silenceper/wechat/v2/miniprogram/subscribe"
	"github.com/silenceper/wechat/v2/officialaccount/basic"
	accountconfig "github.com/silenceper/wechat/v2/officialaccount/config"
	accountcontext "github.com/silenceper/wechat/v2/officialaccount/context"
	"github.com/silenceper/wechat/v2/officialaccount/menu"
	"github.com/silenceper/wechat/v2/util"

	"renzheng/identity"
)

// The traps of silenceper/wechat v2.1.14, and how this file contains them:
//
//   - One HTTP client serves the whole process, without a time-out, and several
//     calls take no context. It is replaced, once, by a router that has no
//     network of its own: it passes on the calls that it knows, each through
//     its application's transport and under its caller's context.
//   - Secrets stand in addresses, and addresses in error texts. The SDK is given
//     a ticket in their place, good for one call; the router puts in the
//     secret. No error text is read or passed on anyway.
//   - Success is judged by errmsg, or by nothing, and `null` panics. The transport
//     lets in only JSON objects, and classify alone reads errcode; the SDK gets
//     neither.
//   - The code of a login is put into the address as it is. It must be well
//     formed before it comes here.
//   - The root package takes over logrus, at debug level, to standard output,
//     and the server package prints messages of people; neither is imported.
//     Nor are its server (plain text where AES is configured, no freshness, an
//     encrypted nothing as answer), its cache, its tokens (one refresh per
//     process), its decryption (panics), and its addresses of QR pictures (not
//     escaped): push.go, tokens.go and qrcode.go do that.

const sdkHost = "api.weixin.qq.com" // where the SDK believes to send

// router is the SDK's HTTP client.
type router struct{ calls sync.Map } // ticket → *sdkCall

// sdkCall is one call by the SDK.
type sdkCall struct {
	ctx       context.Context // the SDK takes none in several calls
	transport *transport
	seen      *exchange
	secret    identity.Secret // what stands in the address in place of the ticket
}

//nolint:gochecknoglobals // the SDK has one client for the process; this is its one replacement, made once
var sdkRouter = sync.OnceValue(func() *router {
	s := &router{}
	util.DefaultHTTPClient = &http.Client{Transport: s}
	return s
})

// RoundTrip implements http.RoundTripper.
func (s *router) RoundTrip(request *http.Request) (*http.Response, error) {
	query := request.URL.Query()
	for _, name := range []string{"access_token", "secret"} {
		found, ok := s.calls.Load(query.Get(name))
		e, isCall := found.(*sdkCall)
		if !ok || !isCall || request.URL.Scheme != "https" || request.URL.Host != sdkHost {
			continue
		}
		query.Set(name, e.secret.Reveal())
		return e.run(request, query)
	}
	if request.Body != nil {
		_ = request.Body.Close() // RoundTrip must close it; nothing was read from it
	}
	return nil, errAddress
}

// run makes the exchange, and returns to the SDK a copy of the answer without the
// members that judge has read. The SDK fails if one of these numbers is a string.
func (e *sdkCall) run(request *http.Request, query url.Values) (*http.Response, error) {
	out := request.Clone(e.ctx)
	out.URL.Scheme, out.URL.Host, out.Host = e.transport.api.Base.Scheme, e.transport.api.Base.Host, ""
	out.URL.RawQuery = query.Encode()
	if err := e.transport.send(out, e.seen); err != nil {
		return nil, err
	}
	rest := maps.Clone(e.seen.object)
	for _, name := range []string{"errcode", "errmsg", "expire_seconds"} {
		delete(rest, name)
	}
	body, err := json.Marshal(rest)
	if err != nil {
		return nil, errNoObject
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Request: request, Body: io.NopCloser(bytes.NewReader(body)),
	}, nil
}

// withTicket returns an call a ticket for as long as use takes.
func withTicket(e *sdkCall, use func(ticket string) error) error {
	s, ticket := sdkRouter(), rand.Text()
	s.calls.Store(ticket, e)
	defer s.calls.Delete(ticket)
	return use(ticket)
}

// ticketHandle is the SDK's source of access tokens.
type ticketHandle string

// GetAccessToken returns the ticket.
func (t ticketHandle) GetAccessToken() (string, error) { return string(t), nil }

// GetAccessTokenContext returns the ticket.
func (t ticketHandle) GetAccessTokenContext(context.Context) (string, error) { return string(t), nil }

func sdkMini(appID, ticket string) *minicontext.Context {
	return &minicontext.Context{
		Config:                   &miniconfig.Config{AppID: appID, AppSecret: ticket},
		AccessTokenContextHandle: ticketHandle(ticket),
	}
}

func sdkAccount(appID, ticket string) *accountcontext.Context {
	return &accountcontext.Context{
		Config: &accountconfig.Config{AppID: appID}, AccessTokenHandle: ticketHandle(ticket),
	}
}

// sdkCodeToSession redeems a well-formed login code. The key of the session is
// left behind.
func sdkCodeToSession(appID string, e *sdkCall, code string) (openID string, _ error) {
	err := withTicket(e, func(ticket string) error {
		got, failed := auth.NewAuth(sdkMini(appID, ticket)).Code2SessionContext(e.ctx, code)
		openID = got.OpenID
		return failed
	})
	return openID, err
}

// subscribeMessage is a message and whom it is for.
type subscribeMessage struct {
	openID, template, page, state string
	data                          map[string]string
}

func sdkSubscribeMessage(appID string, e *sdkCall, m subscribeMessage) error {
	data := map[string]*subscribe.DataItem{}
	for field, value := range m.data {
		data[field] = &subscribe.DataItem{Value: value}
	}
	return withTicket(e, func(ticket string) error {
		return subscribe.NewSubscribe(sdkMini(appID, ticket)).Send(&subscribe.Message{
			ToUser: m.openID, TemplateID: m.template, Page: m.page, MiniprogramState: m.state, Lang: "zh_CN", Data: data,
		})
	})
}

// sdkQRTicket makes a temporary code of a scene that is a string: of any other
// kind the SDK panics.
func sdkQRTicket(appID string, e *sdkCall, scene string, life time.Duration) (qrTicket string, _ error) {
	err := withTicket(e, func(ticket string) error {
		made, failed := basic.NewBasic(sdkAccount(appID, ticket)).GetQRTicket(basic.NewTmpQrRequest(life, scene))
		if made == nil {
			return failed
		}
		qrTicket = made.Ticket
		return nil // whether it is one is judged by errcode, and by the ticket
	})
	return qrTicket, err
}

func sdkMenu(appID string, e *sdkCall, entries []MenuEntry) error {
	buttons := sdkButtons(entries)
	return withTicket(e, func(ticket string) error {
		return menu.NewMenu(sdkAccount(appID, ticket)).SetMenu(buttons)
	})
}

func sdkButtons(entries []MenuEntry) []*menu.Button {
	buttons := make([]*menu.Button, len(entries))
	for i, e := range entries {
		switch {
		case len(e.Entries) > 0:
			buttons[i] = menu.NewSubButton(e.Name, sdkButtons(e.Entries))
		case e.AppID != "":
			buttons[i] = menu.NewMiniprogramButton(e.Name, e.URL, e.AppID, e.Page)
		case e.URL != "":
			buttons[i] = menu.NewViewButton(e.Name, e.URL)
		default:
			buttons[i] = menu.NewClickButton(e.Name, e.Key)
		}
	}
	return buttons
}
