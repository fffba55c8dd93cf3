package bff_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// wireText writes calls as blocks of Markdown that are the same in every run. Ids
// are numbered in the order in which they appear; other random texts, and the ends of
// long ones, are left out.
type wireText struct{ ids map[string][]string } // by prefix

var (
	anyID    = regexp.MustCompile(`\b(acc|att|cas|cfm|con|evt|grt|ses|tkt|tod|ver)_[0-9a-f]{28,32}`)
	anyText  = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	slipCode = regexp.MustCompile(`("slip_code": )"[^"]*"`)
	callID   = regexp.MustCompile(`("request_id": )"[^"]*"`)
)

// longestSample is how many characters a text of a sample has before it is cut.
const longestSample = 60

// stable returns a text without what differs between runs.
func (w *wireText) stable(text string) string {
	text = slipCode.ReplaceAllString(callID.ReplaceAllString(text, `$1"…"`), `$1"…"`)
	return anyID.ReplaceAllStringFunc(text, func(id string) string {
		prefix, _, _ := strings.Cut(id, "_")
		if w.ids == nil {
			w.ids = map[string][]string{}
		}
		at := slices.Index(w.ids[prefix], id)
		if at < 0 {
			at = len(w.ids[prefix])
			w.ids[prefix] = append(w.ids[prefix], id)
		}
		return fmt.Sprintf("%s_…%d", prefix, at+1)
	})
}

// json returns JSON indented, without what is random or long.
func (w *wireText) json(t *testing.T, content []byte) string {
	t.Helper()
	var text bytes.Buffer
	if err := json.Indent(&text, content, "", " "); err != nil {
		t.Fatal(err)
	}
	plain := longText.ReplaceAllString(w.stable(text.String()), `"…"`)
	return anyText.ReplaceAllStringFunc(plain, func(quoted string) string {
		letters := []rune(quoted)
		if len(letters) <= longestSample+2 {
			return quoted
		}
		return strings.TrimRight(string(letters[:longestSample]), `\`) + `…"`
	})
}

// request returns a request as a block.
func (w *wireText) request(t *testing.T, r request) string {
	t.Helper()
	sent := r.http(t)
	text := "\n```http\n" + r.method + " " + w.stable(r.path) + " HTTP/1.1\n"
	if r.token != "" {
		text += "Authorization: Bearer …\n"
	}
	if r.key != "" {
		text += "Idempotency-Key: …\n"
	}
	if r.body == nil {
		return text + "```\n"
	}
	body, err := json.Marshal(r.body)
	if err != nil {
		t.Fatal(err)
	}
	return text + "Content-Type: " + sent.Header.Get("Content-Type") + "\n\n" + w.json(t, body) + "\n```\n"
}

// reply returns an answer as a block.
func (w *wireText) reply(t *testing.T, r reply) string {
	t.Helper()
	var text strings.Builder
	fmt.Fprintf(&text, "\n```http\nHTTP/1.1 %d %s\n", r.status, http.StatusText(r.status))
	for _, name := range []string{"Content-Type", "Location", "Retry-After"} {
		if value := r.header.Get(name); value != "" {
			fmt.Fprintf(&text, "%s: %s\n", name, w.stable(value))
		}
	}
	if !strings.Contains(r.header.Get("Content-Type"), "json") {
		return text.String() + "\n(not shown)\n```\n"
	}
	return text.String() + "\n" + w.json(t, r.body) + "\n```\n"
}
