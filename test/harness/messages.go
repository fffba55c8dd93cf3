package harness

import "net/http"

// Delivered describes the messages that a channel delivered to an account.
type Delivered struct {
	Subscribe int               `json:"subscribe"`
	Page      string            `json:"page,omitempty"` // the page that the last message opens
	Data      map[string]string `json:"data,omitempty"` // of the last message, by field
}

func (d *Delivered) add(page string, data map[string]string) {
	d.Subscribe++
	d.Page, d.Data = page, data
}

func (s *Sandbox) serveAlipayMessages(out http.ResponseWriter, r *http.Request) {
	var got Delivered
	for _, m := range s.Alipay.Messages() {
		if m.OpenID == r.URL.Query().Get("open_id") {
			got.add(m.Page, m.Data)
		}
	}
	answer(out, got, nil)
}

func (s *Sandbox) serveWeChatMessages(out http.ResponseWriter, r *http.Request) {
	var got Delivered
	for _, m := range s.WeChat.Messages() {
		if m.OpenID == r.URL.Query().Get("openid") && m.Kind == "subscribe" {
			got.add(m.Page, m.Data)
		}
	}
	answer(out, got, nil)
}
