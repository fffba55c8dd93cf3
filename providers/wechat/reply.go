package wechat

import (
	"crypto/rand"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// NoReply is the body that tells WeChat that there is no answer.
const NoReply = "success"

const longestMessage = 2048 // bytes of UTF-8 that WeChat takes

// cdata is a text in the form that WeChat expects.
type cdata struct {
	Text string `xml:",cdata"`
}

type replyMessage struct {
	XMLName    xml.Name `xml:"xml"`
	To         cdata    `xml:"ToUserName"`
	From       cdata    `xml:"FromUserName"`
	CreateTime int64    `xml:"CreateTime"`
	Type       cdata    `xml:"MsgType"`
	Content    *cdata   `xml:"Content,omitempty"`
}

type replyEnvelope struct {
	XMLName   xml.Name `xml:"xml"`
	Encrypt   cdata    `xml:"Encrypt"`
	Signature cdata    `xml:"MsgSignature"`
	Timestamp string   `xml:"TimeStamp"`
	Nonce     cdata    `xml:"Nonce"`
}

// Answer returns the body that answers a push with a text. WeChat must receive it
// within 5 s of the push, or it repeats the push and drops the answer. The text
// has 1 to 2048 bytes. Control characters are removed.
func (a *ServiceAccount) Answer(p Push, text string) ([]byte, error) {
	text = strings.Map(visible, text)
	if text == "" || len(text) > longestMessage {
		return nil, fmt.Errorf("answering a push: text must have 1 to %d bytes", longestMessage)
	}
	return a.reply(p, "text", &cdata{text})
}

// HandOver returns the body that transfers the person to a human agent.
func (a *ServiceAccount) HandOver(p Push) ([]byte, error) {
	return a.reply(p, "transfer_customer_service", nil)
}

func (a *ServiceAccount) reply(p Push, kind string, content *cdata) ([]byte, error) {
	now := a.clock().Unix()
	message, err := xml.Marshal(replyMessage{
		To: cdata{p.User.Reveal()}, From: cdata{p.account}, CreateTime: now, Type: cdata{kind}, Content: content,
	})
	if err != nil {
		return nil, fmt.Errorf("encoding an answer: %w", err)
	}
	envelope, err := a.seal.close(message)
	if err != nil {
		return nil, fmt.Errorf("sealing an answer: %w", err)
	}
	timestamp, nonce := strconv.FormatInt(now, 10), rand.Text()
	body, err := xml.Marshal(replyEnvelope{
		Encrypt: cdata{envelope}, Signature: cdata{a.seal.sign(timestamp, nonce, envelope)},
		Timestamp: timestamp, Nonce: cdata{nonce},
	})
	if err != nil {
		return nil, fmt.Errorf("encoding an answer: %w", err)
	}
	return body, nil
}

func visible(r rune) rune {
	if r == unicode.ReplacementChar || (unicode.IsControl(r) && r != '\n') {
		return -1
	}
	return r
}
