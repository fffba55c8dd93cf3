package wechattest

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const (
	pushTries    = 3
	pushPatience = 5 * time.Second
	maxAnswer    = 1 << 20
)

// PushConfig says where WeChat pushes to and how, as set in its console.
type PushConfig struct {
	AppID          string
	Account        string // the original id, e.g. "gh_0123456789ab"
	URL            string
	Token          string
	EncodingAESKey string        // 43 characters
	Patience       time.Duration // with an answer; 0 = 5 s
	Transport      http.RoundTripper
}

// Pusher is WeChat's server towards a service account.
type Pusher struct {
	server *Server
	config PushConfig
	key    []byte
	client *http.Client
}

// Pusher makes one. Errors: the key is not one.
func (s *Server) Pusher(config PushConfig) (*Pusher, error) {
	key, err := base64.StdEncoding.DecodeString(config.EncodingAESKey + "=")
	if err != nil || len(key) != 32 {
		return nil, errors.New("wechattest: requires an encoding aes key of 43 characters")
	}
	if config.Patience == 0 {
		config.Patience = pushPatience
	}
	return &Pusher{
		server: s, config: config, key: key,
		client: &http.Client{Timeout: config.Patience, Transport: config.Transport},
	}, nil
}

// Delivery is what became of an event.
type Delivery struct {
	Tries int
	Kind  string // of the answer: "text", "transfer_customer_service" or "" for none
	Text  string
}

// Scan is an account that follows us scanning a code.
func (p *Pusher) Scan(ctx context.Context, openID, scene string) (Delivery, error) {
	p.server.openWindow(openID, time.Minute, 3)
	return p.Deliver(ctx, p.Event(openID, "SCAN", scene))
}

// Subscribe is an account that begins to follow us, by a code where there is a
// scene.
func (p *Pusher) Subscribe(ctx context.Context, openID, scene string) (Delivery, error) {
	p.server.openWindow(openID, time.Minute, 3)
	if scene != "" {
		scene = "qrscene_" + scene
	}
	return p.Deliver(ctx, p.Event(openID, "subscribe", scene))
}

// Click is a choice in the menu.
func (p *Pusher) Click(ctx context.Context, openID, key string) (Delivery, error) {
	p.server.openWindow(openID, time.Minute, 3)
	return p.Deliver(ctx, p.Event(openID, "CLICK", key))
}

// Write is what a person writes.
func (p *Pusher) Write(ctx context.Context, openID, text string) (Delivery, error) {
	p.server.openWindow(openID, 48*time.Hour, 5)
	return p.Deliver(ctx, p.Text(openID, text))
}

// Deliver pushes a message up to three times, each signed anew, until it is
// answered within the patience.
func (p *Pusher) Deliver(ctx context.Context, message []byte) (Delivery, error) {
	var d Delivery
	var err error
	for d.Tries < pushTries {
		d.Tries++
		var request *http.Request
		if request, err = p.Request(ctx, message); err != nil {
			return d, err
		}
		var body []byte
		if body, err = p.send(request); err == nil {
			d.Kind, d.Text, err = p.readAnswer(body)
			return d, err
		}
	}
	return d, err
}

// Check is WeChat's check of the address. It returns what came back.
func (p *Pusher) Check(ctx context.Context, echo string) (string, error) {
	query := p.query()
	query.Set("echostr", echo)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.config.URL+"?"+query.Encode(), http.NoBody)
	if err != nil {
		return "", err
	}
	body, err := p.send(request)
	return string(body), err
}

func (p *Pusher) send(request *http.Request) ([]byte, error) {
	response, err := p.client.Do(request)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("answered with status %d", response.StatusCode)
	}
	return body, nil
}

// Request makes one signed and encrypted request. A test may change it.
func (p *Pusher) Request(ctx context.Context, message []byte) (*http.Request, error) {
	envelope, err := Seal(p.key, p.config.AppID, message)
	if err != nil {
		return nil, err
	}
	query := p.query()
	query.Set("encrypt_type", "aes")
	query.Set("msg_signature", Sign(p.config.Token, query.Get("timestamp"), query.Get("nonce"), envelope))
	body := "<xml><ToUserName><![CDATA[" + p.config.Account + "]]></ToUserName><Encrypt><![CDATA[" + envelope + "]]></Encrypt></xml>"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.config.URL+"?"+query.Encode(), bytes.NewReader([]byte(body)))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "text/xml")
	return request, nil
}

func (p *Pusher) query() url.Values {
	timestamp, nonce := strconv.FormatInt(p.server.options.Clock().Unix(), 10), randomID()[:10]
	return url.Values{
		"timestamp": {timestamp}, "nonce": {nonce}, "signature": {Sign(p.config.Token, timestamp, nonce)},
	}
}

type pushed struct {
	XMLName    xml.Name `xml:"xml"`
	To         string   `xml:"ToUserName"`
	From       string   `xml:"FromUserName"`
	CreateTime int64    `xml:"CreateTime"`
	Type       string   `xml:"MsgType"`
	Event      string   `xml:"Event,omitempty"`
	EventKey   string   `xml:"EventKey,omitempty"`
	Content    string   `xml:"Content,omitempty"`
	MsgID      string   `xml:"MsgId,omitempty"`
}

// Media returns a message of a kind by WeChat's name: "image", "voice", "video",
// "location", "link".
func (p *Pusher) Media(openID, kind string) []byte {
	return p.message(pushed{From: openID, Type: kind, MsgID: strconv.FormatUint(rand.Uint64(), 10)})
}

// Event returns the message of an event, Text that of a text.
func (p *Pusher) Event(openID, event, key string) []byte {
	return p.message(pushed{From: openID, Type: "event", Event: event, EventKey: key})
}

// Text returns the message of what a person wrote.
func (p *Pusher) Text(openID, text string) []byte {
	return p.message(pushed{From: openID, Type: "text", Content: text, MsgID: strconv.FormatUint(rand.Uint64(), 10)})
}

func (p *Pusher) message(m pushed) []byte {
	m.To, m.CreateTime = p.config.Account, p.server.options.Clock().Unix()
	text, err := xml.Marshal(m)
	if err != nil {
		return nil // strings and a number encode
	}
	return text
}

// readAnswer verifies and opens a passive answer.
func (p *Pusher) readAnswer(body []byte) (kind, text string, err error) {
	if s := string(body); s == "" || s == "success" {
		return "", "", nil
	}
	var outer struct {
		XMLName   xml.Name `xml:"xml"`
		Encrypt   string   `xml:"Encrypt"`
		Signature string   `xml:"MsgSignature"`
		Timestamp string   `xml:"TimeStamp"`
		Nonce     string   `xml:"Nonce"`
	}
	if err = xml.Unmarshal(body, &outer); err != nil {
		return "", "", fmt.Errorf("reading an answer: %w", err)
	}
	if outer.Signature != Sign(p.config.Token, outer.Timestamp, outer.Nonce, outer.Encrypt) {
		return "", "", errors.New("answer is not signed")
	}
	message, err := Open(p.key, p.config.AppID, outer.Encrypt)
	if err != nil {
		return "", "", err
	}
	var inner pushed
	if err = xml.Unmarshal(message, &inner); err != nil {
		return "", "", fmt.Errorf("reading an answer: %w", err)
	}
	if _, ok := p.server.options.Persons(inner.To); !ok || inner.From != p.config.Account {
		return "", "", errors.New("answer is for nobody")
	}
	return inner.Type, inner.Content, nil
}
