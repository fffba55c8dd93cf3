package wechat_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"renzheng/providers/wechat"
	"renzheng/providers/wechat/wechattest"
)

// hostile returns documents that say the same as a good one and hold what a
// reader could trip over.
func hostile(good string) map[string]string {
	inside := func(more string) string { return strings.Replace(good, "</xml>", more+"</xml>", 1) }
	return map[string]string{
		"a document type":           "<!DOCTYPE xml>" + good,
		"entities that multiply":    `<!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>` + inside("<B>&b;</B>"),
		"an entity of a file":       `<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]>` + inside("<F>&f;</F>"),
		"an entity of nobody's":     inside("<E>&nobody;</E>"),
		"a declaration":             `<?xml version="1.0" encoding="gbk"?>` + good,
		"an instruction":            inside("<?php exit ?>"),
		"a comment":                 inside("<!-- -->"),
		"elements nested too deep":  inside(strings.Repeat("<a>", 6) + strings.Repeat("</a>", 6)),
		"too many elements":         inside(manyElements(64)),
		"an element that is twice":  inside("<ToUserName>gh_other</ToUserName>"),
		"another document behind":   good + good,
		"words behind":              good + "<",
		"bytes that are no text":    inside("<T>\xff\xfe</T>"),
		"another root":              strings.NewReplacer("<xml>", "<json>", "</xml>", "</json>").Replace(good),
		"more bytes than are taken": inside("<P>" + strings.Repeat(" ", 64<<10) + "</P>"),
	}
}

func manyElements(n int) string {
	var b strings.Builder
	for i := range n {
		name := "n" + strings.Repeat("x", i)
		b.WriteString("<" + name + "/>")
	}
	return b.String()
}

// A signature makes a document WeChat's, not well-behaved: somebody who stole the
// token, or found a way to be quoted, gets no further by its form.
func TestServiceAccount_Receive_readsNoHostileDocument(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	key, err := base64.StdEncoding.DecodeString(aesKey + "=")
	if err != nil {
		t.Fatal(err)
	}
	sealed := func(message string) string {
		envelope, err := wechattest.Seal(key, serviceID, []byte(message))
		if err != nil {
			t.Fatal(err)
		}
		return envelope
	}
	receive := func(envelope, body string) error {
		_, err := o.service.Receive(t.Context(), signedQuery(o, envelope), strings.NewReader(body))
		return err
	}
	around := func(envelope string) string {
		return "<xml><ToUserName>gh_1</ToUserName><Encrypt>" + envelope + "</Encrypt></xml>"
	}
	good := string(o.pusher.Event(supportOpenID, "SCAN", "ticket_1"))
	if envelope := sealed(good); receive(envelope, around(envelope)) != nil {
		t.Fatal("a good push is refused")
	}
	for name, message := range hostile(good) {
		if envelope := sealed(message); !errors.Is(receive(envelope, around(envelope)), wechat.ErrPushMalformed) {
			t.Errorf("%s in the message was taken", name)
		}
	}
	envelope := sealed(good)
	for name, body := range hostile(around(envelope)) {
		if !errors.Is(receive(envelope, body), wechat.ErrPushMalformed) {
			t.Errorf("%s around the message was taken", name)
		}
	}
}
