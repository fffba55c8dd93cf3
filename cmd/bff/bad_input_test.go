package main

import (
	"bytes"
	"crypto/rand"
	"net/http"
	"strings"
	"testing"
	"time"

	"renzheng/test/people"
)

// sentinel is part of rejected values. No answer may repeat it.
const sentinel = "SENTINEL"

// bad is a request that is refused and changes nothing.
type bad struct {
	name    string
	request request
	status  int
	code    string
	rule    string // of the first error that is listed; "" = none is
	pointer string
}

// refuse sends each request and requires its problem and the same rows as before.
func (s *fixture) refuse(t *testing.T, c caller, all []bad) {
	t.Helper()
	for _, b := range all {
		t.Run(b.name, func(t *testing.T) {
			before := s.rows.picture(t)
			got := c.send(t, b.request).refused(t, b.status, b.code)
			if rule, pointer := got.text(t, "errors.0.rule"), got.text(t, "errors.0.pointer"); rule != b.rule || pointer != b.pointer {
				t.Errorf("got the rule %q at %q, want %q at %q", rule, pointer, b.rule, b.pointer)
			}
			if bytes.Contains(got.body, []byte(sentinel)) {
				t.Errorf("the answer repeats what was sent: %s", got.body)
			}
			s.rows.same(t, before)
		})
	}
}

func posted(path string, body any) request {
	return request{method: http.MethodPost, path: path, body: body, key: rand.Text()}
}

func TestBadInput_Person(t *testing.T) { //nolint:tparallel // what follows needs the end of its subtests
	t.Parallel()
	s := newFixture(t, fixtureOptions{})
	v := s.enter(t, s.newPerson(people.Passes))
	seen, _ := v.openTodo(t)
	pass := v.passFor(t, seen)
	s.refuse(t, v.caller, badBytes())
	s.refuse(t, v.caller, badMembers(v))
	s.refuse(t, v.caller, badRequests(v))
	s.refuse(t, v.caller, badAnswers(seen, pass))
	s.refuse(t, caller{base: v.base}, badSessions())
	v.confirm(t, seen, pass).is(t, http.StatusCreated) // all that was refused has used up nothing

	gone := s.login(t, s.newPerson(people.Passes))
	gone.remove(t, "/v1/session").is(t, http.StatusNoContent)
	idle := s.login(t, s.newPerson(people.Passes))
	s.rows.shift(t, "UPDATE sessions SET idle_until = ? WHERE id = ?", time.Now().UnixMilli(), idle.session)
	old := s.login(t, s.newPerson(people.Passes))
	s.age(t, "UPDATE sessions SET until = ? WHERE id = ?", time.Now().UnixMilli(), old.session)
	for _, ended := range []*client{gone, idle, old} {
		ended.get(t, "/v1/session").refused(t, http.StatusUnauthorized, "session_required")
		ended.post(t, "/v1/verifications", members{"purpose": "access", "document": ended.document()}).
			refused(t, http.StatusUnauthorized, "session_required")
		if n := s.rows.count(t, "SELECT COUNT(*) FROM verifications WHERE session_id = ?", ended.session); n != 0 {
			t.Errorf("got %d verifications of a session that has ended, want none", n)
		}
	}
}

// badBytes are bodies that are no document of ours before anybody looks into it.
func badBytes() []bad {
	const path = "/v1/verifications"
	malformed := func(name, body, rule string) bad {
		return bad{name: name, request: posted(path, []byte(body)), status: http.StatusBadRequest, code: "body_malformed", rule: rule}
	}
	typed := func(name, kind string) bad {
		r := posted(path, []byte(`{"purpose":"access","use_prefill":true}`))
		r.header = map[string]string{"Content-Type": kind}
		return bad{name: name, request: r, status: http.StatusUnsupportedMediaType, code: "content_type_unsupported"}
	}
	document := func(name string) string {
		return `{"purpose":"access","document":{"type":"resident_id","number":"11010519491231002X","name":"` + name + `"}}`
	}
	large := posted(path, append([]byte(`{"purpose":"`+sentinel), make([]byte, 1<<20)...))
	return []bad{
		{name: "a megabyte", request: large, status: http.StatusRequestEntityTooLarge, code: "body_too_large"},
		malformed("no JSON", sentinel, "syntax"),
		malformed("half a document", `{"purpose":"`+sentinel, "syntax"),
		malformed("two documents", `{"purpose":"access"}{"purpose":"access"}`, "trailing_data"),
		malformed("only white space", "  \n", "body_missing"),
		malformed("a member twice", `{"purpose":"access","purpose":"`+sentinel+`"}`, "duplicate_member"),
		malformed("a member twice in two spellings", `{"purpose":"access","purp\u006fse":"confirm"}`, "duplicate_member"),
		malformed("a nested member twice", `{"purpose":"access","document":{"name":"a","name":"b"}}`, "duplicate_member"),
		malformed("bytes that are no UTF-8", document("张\xff"), "utf8"),
		malformed("an overlong form", document("\xc0\xaf"), "utf8"),
		malformed("a surrogate as bytes", document("\xed\xa0\x80"), "utf8"),
		malformed("the first half of a character", document(`张\ud83d`), "lone_surrogate"),
		malformed("the second half of a character", document(`\ude00张`), "lone_surrogate"),
		malformed("a NUL", document(`张\u0000`), "nul_character"),
		malformed("deep nesting", strings.Repeat(`{"purpose":`, 40)+"1"+strings.Repeat("}", 40), "depth"),
		malformed("no body at all", "", "body_missing"),
		{name: "a body where none is taken", request: posted(path+"/ver_0/face", members{"purpose": sentinel}), status: http.StatusBadRequest, code: "body_malformed", rule: "body_not_expected"},
		typed("a form", "application/x-www-form-urlencoded"),
		typed("another charset", "application/json; charset=gbk"),
	}
}

// badMembers are documents with members or values that are not of the contract.
func badMembers(v *client) []bad {
	const path = "/v1/verifications"
	invalid := func(name string, body any, rule, pointer string) bad {
		return bad{name: name, request: posted(path, body), status: http.StatusUnprocessableEntity, code: "values_invalid", rule: rule, pointer: pointer}
	}
	typed := func(name, number string) members {
		return members{"purpose": "access", "document": members{"type": "resident_id", "number": number, "name": name}}
	}
	return []bad{
		invalid("an unknown member", members{"purpose": "access", sentinel: 1}, "unknown_member", ""),
		invalid("an unknown member inside", members{"purpose": "access", "document": members{
			"type": "resident_id", "number": v.Number, "name": v.Name, "nickname_" + sentinel: "x",
		}}, "unknown_member", "/document"),
		invalid("a member in another case", members{"purpose": "access", "PURPOSE": sentinel}, "unknown_member", ""),
		invalid("a member that wantError", members{"purpose": "access", "document": members{"type": "resident_id", "name": v.Name}},
			"required", "/document/number"),
		invalid("a word that is none of the list", members{"purpose": sentinel}, "enum", "/purpose"),
		invalid("a number in the place of text", members{"purpose": "access", "document": members{
			"type": "resident_id", "number": 110105194912310020, "name": v.Name,
		}}, "type", "/document/number"),
		invalid("null", members{"purpose": nil}, "type", "/purpose"),
		invalid("a broken number", []byte(`{"purpose":"confirm","revision":1.5}`), "type", "/revision"),
		invalid("a number beyond exactness", []byte(`{"purpose":"confirm","revision":9007199254740993}`), "type", "/revision"),
		invalid("a wrong check digit", typed(v.Name, "110105194912310021"), "number_checksum", "/document/number"),
		invalid("a birth date that is none", typed(v.Name, "11010519490231002X"), "number_birth_date", "/document/number"),
		invalid("a name with another direction", typed("张\u202e"+sentinel, v.Number), "name_alphabet", "/document/name"),
		invalid("a name with an isolate", typed("\u2066张三\u2069", v.Number), "name_alphabet", "/document/name"),
		invalid("a name with markup", typed("<b>张三</b>", v.Number), "name_alphabet", "/document/name"),
		invalid("a name that is too long", typed(strings.Repeat("张", 201), v.Number), "max_length", "/document/name"),
	}
}

// badRequests are well-formed and do not fit.
func badRequests(v *client) []bad {
	const path = "/v1/verifications"
	access := members{"purpose": "access", "document": v.document()}
	keyed := func(name, key string) bad {
		return bad{
			name:    name,
			request: request{method: http.MethodPost, path: path, body: access, key: key},
			status:  http.StatusBadRequest, code: "idempotency_key_required",
		}
	}
	query := func(name, path, rule string) bad {
		return bad{name: name, request: request{method: http.MethodGet, path: path}, status: http.StatusUnprocessableEntity, code: "values_invalid", rule: rule}
	}
	minor, _ := people.New(people.Minor, 1, time.Now())
	child, _ := people.New(people.Child, 1, time.Now())
	aged := func(name string, p people.Person) bad {
		return bad{
			name: name, request: posted(path, members{"purpose": "access", "document": documentOf(p)}),
			status: http.StatusUnprocessableEntity, code: "guardian_required",
		}
	}
	return []bad{
		keyed("no idempotency key", ""),
		keyed("a short idempotency key", "short"),
		keyed("an idempotency key with blanks", "0123456789 0123456789"),
		query("a query parameter that nobody knows", "/v1/todos?"+sentinel+"=1", "unknown_parameter"),
		query("a page of none", "/v1/todos?limit=0", "minimum"),
		query("a cursor of our own making", "/v1/todos?cursor="+sentinel, "cursor"),
		{name: "an id that is none", request: request{method: http.MethodGet, path: "/v1/todos/" + sentinel + "%20or%201=1"}, status: http.StatusNotFound, code: "not_found"},
		{name: "an address that is none", request: request{method: http.MethodGet, path: "/v1/" + sentinel}, status: http.StatusNotFound, code: "not_found"},
		{name: "a method that is none", request: request{method: http.MethodPut, path: "/v1/todos"}, status: http.StatusMethodNotAllowed, code: "method_not_allowed"},
		{
			name: "no document and no prefill", request: posted(path, members{"purpose": "access"}),
			status: http.StatusUnprocessableEntity, code: "request_unfit", rule: "required", pointer: "/document",
		},
		{
			name: "a confirmation without a revision", request: posted(path, members{"purpose": "confirm", "todo_id": sentinel, "content_digest": sentinel}),
			status: http.StatusUnprocessableEntity, code: "request_unfit", rule: "required", pointer: "/revision",
		},
		{
			name: "document and prefill", request: posted(path, members{"purpose": "access", "document": v.document(), "use_prefill": true}),
			status: http.StatusUnprocessableEntity, code: "request_unfit",
		},
		{
			name: "a document for a confirmation", request: posted(path, members{"purpose": "confirm", "document": v.document()}),
			status: http.StatusUnprocessableEntity, code: "request_unfit", rule: "required", pointer: "/todo_id",
		},
		{
			name: "a prefill that is not there", request: posted(path, members{"purpose": "access", "use_prefill": true}),
			status: http.StatusConflict, code: "prefill_missing",
		},
		aged("a person under eighteen", minor),
		aged("a child", child),
		{name: "a notice that is not in force", request: posted("/v1/consents", members{"notices": []members{
			{"id": "rules", "version": "1", "hash": strings.Repeat("0", 64)},
		}}), status: http.StatusConflict, code: "notice_stale"},
		{
			name: "a code that the channel does not know", request: posted("/v1/sessions", loginBody(sentinel)),
			status: http.StatusUnprocessableEntity, code: "auth_code_invalid",
		},
		{name: "a channel that is off", request: posted("/v1/sessions", members{
			"channel": "web", "auth_code": "x", "client": members{"platform": "ios", "version": "26"},
		}), status: http.StatusForbidden, code: "channel_off"},
		{name: "a phone below the floor", request: posted("/v1/sessions", members{
			"channel": "alipay", "auth_code": "x", "client": members{"platform": "android", "version": "4.2"},
		}), status: http.StatusForbidden, code: "client_unsupported"},
	}
}

// badSessions come without a session that lives.
func badSessions() []bad {
	bearing := func(name, authorization string) bad {
		r := request{method: http.MethodGet, path: "/v1/session", header: map[string]string{"Authorization": authorization}}
		return bad{name: name, request: r, status: http.StatusUnauthorized, code: "session_required"}
	}
	return []bad{
		{name: "no token", request: request{method: http.MethodGet, path: "/v1/session"}, status: http.StatusUnauthorized, code: "session_required"},
		bearing("another scheme", "Basic "+sentinel),
		bearing("an empty token", "Bearer "),
		bearing("a token that is none", "Bearer "+sentinel),
		bearing("a token that nobody has", "Bearer "+strings.Repeat("A", 43)),
	}
}
