package alipaytest

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"

	"renzheng/strictjson"
)

// The limits of a message.
const (
	longestPage    = 128
	longestData    = 2048
	longestKeyword = 50 // characters
)

// Message is what the application sent to an account.
type Message struct {
	OpenID string
	Page   string
	Data   map[string]string // by keyword
}

// agreement is what a person presses "allow" for.
type agreement struct{ openID, template string }

// Messages returns what was sent, in order.
func (g *Gateway) Messages() []Message {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.messages)
}

// Accept is the person's agreement to one message of a template. Agreements add up.
func (g *Gateway) Accept(openID, template string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.accepted[agreement{openID, template}]++
}

func (g *Gateway) serveAccept(w http.ResponseWriter, r *http.Request) {
	g.Accept(r.PostFormValue("open_id"), r.PostFormValue("template_id"))
	w.WriteHeader(http.StatusNoContent)
}

type messageRequest struct {
	ToOpenID   string `json:"to_open_id"`
	ToUserID   string `json:"to_user_id"`
	TemplateID string `json:"user_template_id"`
	Page       string `json:"page"`
	Data       string `json:"data"` // JSON
}

// message sends a message of a subscription. The order of the checks is our own: Alipay
// documents the sub codes without one, and none for a person who has not subscribed.
func (g *Gateway) message(p url.Values) reply {
	var request messageRequest
	if !business(p, &request) || (request.ToOpenID == "") == (request.ToUserID == "") ||
		request.Page == "" || len(request.Page) > longestPage || len(request.Data) > longestData {
		return refusal(methodMessage, "40002", "isv.invalid-parameter")
	}
	data, wrong := g.keywords(request)
	if wrong != "" {
		return failure(methodMessage, wrong)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	agreed := agreement{g.recipient(request), request.TemplateID}
	if g.accepted[agreed] == 0 {
		return failure(methodMessage, "USER_NOT_SUBSCRIBE")
	}
	g.accepted[agreed]--
	g.messages = append(g.messages, Message{OpenID: agreed.openID, Page: request.Page, Data: data})
	return success(methodMessage, fields{})
}

// keywords returns the values of a message, or the sub code of its rejection.
func (g *Gateway) keywords(request messageRequest) (map[string]string, string) {
	count, ok := g.options.Templates[request.TemplateID]
	if !ok {
		return nil, "USER_TEMPLATE_ILLEGAL"
	}
	var data map[string]struct {
		Value string `json:"value"`
	}
	if strictjson.Decode([]byte(request.Data), &data) != nil || len(data) != count {
		return nil, "USER_TEMPLATE_LACK_KEYWORD"
	}
	values := map[string]string{}
	for i := range count {
		name := "keyword" + strconv.Itoa(i+1)
		value := data[name].Value
		switch {
		case value == "":
			return nil, "USER_TEMPLATE_LACK_KEYWORD"
		case utf8.RuneCountInString(value) > longestKeyword:
			return nil, "USER_KEYWORD_LENGTH_ERROR"
		}
		values[name] = value
	}
	return values, ""
}

// recipient returns the open_id of the account that a message is for, "" for nobody. An
// account that is named by its user_id is found among those that have agreed.
func (g *Gateway) recipient(request messageRequest) string {
	if request.ToOpenID != "" {
		return request.ToOpenID
	}
	for agreed := range g.accepted {
		if person, ok := g.options.Persons(agreed.openID); ok && person.UserID == request.ToUserID {
			return agreed.openID
		}
	}
	return ""
}
