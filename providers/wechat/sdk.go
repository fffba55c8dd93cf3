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
//   - One HTTP client without a time-out serves the whole process, and several
//     calls take no context. It is replaced once by a router that has no network of
//     its own. It forwards the calls that it knows, each over its application's
//     transport and under its caller's context.
//   - Addresses contain secrets, and error texts contain addresses. The SDK gets a
//     ticket instead, valid for one call, which the router replaces by the secret.
//     Error texts are neither read nor passed on.
//   - The SDK takes errmsg as the sign of success, or checks nothing, and panics for
//     `null`. The transport accepts only JSON objects, only classify reads errcode,
//     and the SDK sees neither.
//   - The code of a login is put into the address unescaped. It must be well formed
//     before it comes here.
//   - The root package redirects logrus to standard output at debug level, and the
//     server package prints messages of people. Neither is imported. Also not used
//     are its server (accepts plain text although AES is configured, checks no
//     freshness, answers with an encrypted empty text), its cache, its tokens (each
//     process fetches its own), its decryption (panics), and its addresses of QR
//     pictures (not escaped). push.go, tokens.go and qrcode.go replace them.

const sdkHost = "api.weixin.qq.com" // where the SDK believes to send

// router is the HTTP client of the SDK.
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
// members that classify has read. The SDK fails if one of these numbers is a
// string.
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

// withTicket registers a call under a ticket while use runs.
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

// sdkCodeToSession redeems a well-formed login code. It drops the key of the
// session.
func sdkCodeToSession(appID string, e *sdkCall, code string) (openID string, _ error) {
	err := withTicket(e, func(ticket string) error {
		got, failed := auth.NewAuth(sdkMini(appID, ticket)).Code2SessionContext(e.ctx, code)
		openID = got.OpenID
		return failed
	})
	return openID, err
}

// subscribeMessage is a message and its receiver.
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

// sdkQRTicket creates a temporary code for a scene. The scene must be a string:
// the SDK panics for any other type.
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
