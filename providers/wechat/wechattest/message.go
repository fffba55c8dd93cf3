package wechattest

import (
	"net/http"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"
)

// Message is what an application sent to an account.
type Message struct {
	AppID  string
	OpenID string
	Kind   string            // "subscribe" or "text"
	Text   string            // of a text
	Page   string            // of a subscribe message
	Data   map[string]string // of a subscribe message
}

// Messages returns what was sent, in order.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// Accept is the person's agreement to one message of a template.
func (s *Server) Accept(openID, templateID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accepted[openID+"\x00"+templateID]++
}

func (s *Server) serveAccept(w http.ResponseWriter, r *http.Request) {
	s.Accept(r.PostFormValue("openid"), r.PostFormValue("template_id"))
	w.WriteHeader(http.StatusNoContent)
}

type subscribeRequest struct {
	ToUser     string `json:"touser"`
	TemplateID string `json:"template_id"`
	Page       string `json:"page"`
	State      string `json:"miniprogram_state"`
	Lang       string `json:"lang"`
	Data       map[string]struct {
		Value string `json:"value"`
		Color string `json:"color"`
	} `json:"data"`
}

func (s *Server) subscribeMessage(appID string, r *http.Request) answer {
	var request subscribeRequest
	if !read(r, &request) {
		return refused(47001)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	agreed := request.ToUser + "\x00" + request.TemplateID
	person, ok := s.options.Persons(request.ToUser)
	switch {
	case !ok || person.AppID != appID:
		return refused(40003)
	case !slices.Contains(s.options.Templates, request.TemplateID):
		return refused(40037)
	case request.Page == "" || !slices.Contains([]string{"developer", "trial", "formal"}, request.State):
		return refused(41030)
	case s.accepted[agreed] == 0:
		return refused(43101)
	}
	data := map[string]string{}
	for field, item := range request.Data {
		if !fits(field, item.Value) {
			return refused(47003)
		}
		data[field] = item.Value
	}
	if len(data) == 0 {
		return refused(47003)
	}
	s.accepted[agreed]--
	s.messages = append(s.messages, Message{AppID: appID, OpenID: request.ToUser, Kind: "subscribe", Page: request.Page, Data: data})
	return success(fields{"msgid": len(s.messages)})
}

var fieldShape = regexp.MustCompile(`^(thing|time|date|phrase|character_string)[0-9]{1,2}$`)

// fits reports whether a value is one of its field's kind.
func fits(field, value string) bool {
	kind := fieldShape.FindStringSubmatch(field)
	if kind == nil || value == "" {
		return false
	}
	switch kind[1] {
	case "thing":
		return utf8.RuneCountInString(value) <= 20
	case "phrase":
		return utf8.RuneCountInString(value) <= 5
	case "time", "date":
		_, err := time.Parse("2006年01月02日 15:04", value)
		return err == nil
	}
	return len(value) <= 32
}

// window is how often and how long an account may be written to.
type window struct {
	until time.Time
	left  int
}

type customRequest struct {
	ToUser string `json:"touser"`
	Type   string `json:"msgtype"`
	Text   struct {
		Content string `json:"content"`
	} `json:"text"`
}

func (s *Server) customMessage(appID string, r *http.Request) answer {
	var request customRequest
	if !read(r, &request) || request.Type != "text" || request.Text.Content == "" {
		return refused(47001)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	person, ok := s.options.Persons(request.ToUser)
	if !ok || person.AppID != appID {
		return refused(40003)
	}
	w, opened := s.windows[request.ToUser]
	switch {
	case !opened || !s.options.Clock().Before(w.until):
		return refused(45015)
	case w.left == 0:
		return refused(45047)
	}
	w.left--
	s.messages = append(s.messages, Message{AppID: appID, OpenID: request.ToUser, Kind: "text", Text: request.Text.Content})
	return success(fields{})
}

// openWindow lets an application write to an account that has done something.
func (s *Server) openWindow(openID string, lasts time.Duration, messages int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.windows[openID] = &window{until: s.options.Clock().Add(lasts), left: messages}
}
