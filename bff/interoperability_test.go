package bff_test

import (
	"net/http"
	"strings"
	"testing"

	"renzheng/bff"
)

func TestBody_TypeAndCharsetHaveNoCase(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	for _, kind := range []string{
		"application/json", "APPLICATION/JSON", "Application/Json; Charset=UTF-8", "application/json;charset=Utf-8", `application/json; charset="utf-8"`,
	} {
		for _, sent := range []request{
			{method: http.MethodPost, path: "/v1/support/tickets", token: p.token, body: object{"failure": "face_differs"}},
			{method: http.MethodPut, path: "/registry/v1/cases/case-1", registry: "beijing", body: sampleCase(1)},
		} {
			sent.header = map[string]string{"Content-Type": kind}
			if got := w.send(t, sent); got.status >= http.StatusBadRequest {
				t.Errorf("%s: %s got %d %s", kind, sent.path, got.status, got.body)
			}
		}
	}
	got := w.send(t, request{
		method: http.MethodPut, path: "/registry/v1/cases/case-1", registry: "beijing", body: sampleCase(1), header: map[string]string{"Content-Type": "TEXT/JSON"},
	}).want(t, http.StatusUnsupportedMediaType, "content_type_unsupported")
	if got.json(t)["status"] != float64(got.status) || got.header.Get("Accept") != "application/json" {
		t.Errorf("got %v and Accept %q", got.json(t)["status"], got.header.Get("Accept"))
	}
}

func TestBody_ThatIsEncodedIsNotTaken(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "")
	push := request{method: http.MethodPut, path: "/registry/v1/cases/case-1", registry: "beijing", body: sampleCase(1)}
	for _, coding := range []string{"identity", "Identity", ""} {
		push.header = map[string]string{"Content-Encoding": coding}
		w.send(t, push).want(t, http.StatusOK, "")
	}
	message := request{method: http.MethodPost, path: "/callbacks/wechat", body: "<xml/>"}
	for _, coding := range []string{"gzip", "GZIP", "br", "identity, gzip", "aes128gcm"} {
		push.header = map[string]string{"Content-Encoding": coding}
		message.header = push.header
		w.send(t, message).want(t, http.StatusUnsupportedMediaType, "content_encoding_unsupported")
		got := w.send(t, push).want(t, http.StatusUnsupportedMediaType, "content_encoding_unsupported")
		if got.header.Get("Accept-Encoding") != "identity" {
			t.Errorf("%s: got Accept-Encoding %q, want identity", coding, got.header.Get("Accept-Encoding"))
		}
	}
}

func TestChallenge_NamesTheSchemeOfTheCall(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for path, scheme := range map[string]string{"/v1/session": "Bearer ", "/registry/v1/events": "Signature "} {
		got := w.send(t, request{method: http.MethodGet, path: path})
		if challenge := got.header.Get("WWW-Authenticate"); got.status != http.StatusUnauthorized || !strings.HasPrefix(challenge, scheme) {
			t.Errorf("%s: got %d, %q, want 401 with %s", path, got.status, challenge, scheme)
		}
	}
}

func TestSession_TokenMayFollowSeveralSpaces(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	for credentials, want := range map[string]int{
		"Bearer " + p.token: 200, "Bearer  " + p.token: 200, "bearer   " + p.token + " ": 200, "BEARER " + p.token: 200,
		"Bearer" + p.token: 401, "Bearer": 401, "Bearer  ": 401, "Bearer a " + p.token: 401, " ": 401,
	} {
		got := w.send(t, request{method: http.MethodGet, path: "/v1/session", header: map[string]string{"Authorization": credentials}})
		if got.status != want {
			t.Errorf("%q: got %d, want %d", credentials, got.status, want)
		}
	}
}

// Two lines of a single-valued field are rejected, because readers differ in which one they take.
func TestHeader_OfOneValueIsTakenOnce(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	for name, want := range map[string]int{"Authorization": 401, "Idempotency-Key": 400, "Content-Type": 415} {
		sent := request{method: http.MethodPost, path: "/v1/verifications", token: p.token, key: newKey(), body: object{"purpose": "access", "document": zhang()}}.http(t)
		sent.Header.Add(name, sent.Header.Get(name))
		if got := w.serve(sent); got.status != want {
			t.Errorf("%s twice: got %d, want %d", name, got.status, want)
		}
	}
}

func TestQuery_IsReadOneWayOnly(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	for path, rule := range map[string]string{
		"/v1/todos?limit=1&limit=2": "repeated_parameter", "/v1/todos?limit=1&limit=1": "repeated_parameter", "/v1/todos?limit=1&%6Cimit=2": "repeated_parameter",
		"/v1/notices?purpose=access&purpose=confirm": "repeated_parameter", "/registry/v1/events?after=0&after=1": "repeated_parameter",
		"/callbacks/wechat?signature=a&signature=b": "repeated_parameter", "/v1/web/callback?state=a&state=b": "repeated_parameter",
		"/v1/todos?limit=1;limit=2": "query_syntax", "/v1/todos?limit=%zz": "query_syntax",
	} {
		got := w.send(t, request{method: http.MethodGet, path: path, token: p.token, registry: "beijing"}).want(t, http.StatusUnprocessableEntity, "values_invalid")
		if broken := got.list(t, "errors"); len(broken) != 1 || broken[0]["rule"] != rule {
			t.Errorf("%s: got %v, want %s", path, broken, rule)
		}
	}
	p.call(t, http.MethodGet, "/v1/todos?limit=1&", nil).want(t, http.StatusOK, "")
}

func TestLanguage_IsReadAsPhonesWriteIt(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		want  string
		lines []string
	}{
		{"en", []string{"zh;Q=0.5,en;Q=0.9"}},
		{"zh-Hant", []string{"zh_TW"}},
		{"zh-Hant", []string{"zh_HK,en_US;q=0.8"}},
		{"zh-Hant", []string{"zh_Hant_HK"}},
		{"zh-Hans", []string{"ZH_CN, en"}},
		{"en", []string{"en_US"}},
		{"en", []string{"fr", "en;q=0.5"}},
		{"en", []string{"zh;q=0.1", "en;q=0.5"}},
	} {
		if got := bff.LanguageOf(tt.lines...); got != tt.want {
			t.Errorf("got %s for %q, want %s", got, tt.lines, tt.want)
		}
	}
}

func TestLanguage_OfAPageIsTheOneItIsWrittenIn(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	for path, want := range map[string]string{
		"/docs": "en", "/docs/docs.js": "en", "/openapi.yaml": "en", "/openapi.json": "en", "/v1/notices": "zh-Hant", "/v1/nowhere": "zh-Hant",
		"/": "", // a file of the web client
	} {
		got := w.browse(t, http.MethodGet, path, map[string]string{"Accept-Language": "zh-Hant"})
		if language := got.header.Get("Content-Language"); language != want {
			t.Errorf("%s: got %q, want %q", path, language, want)
		}
	}
}

func TestOpenAPI_DescribesItsOwnAnswer(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.send(t, request{method: http.MethodGet, path: "/openapi.json"}).want(t, http.StatusOK, "") // compares the answer with the contract
	response := contractDocument(t).Paths.Value("/openapi.json").Get.Responses.Status(http.StatusOK).Value
	schema := response.Content["application/openapi+json"].Schema.Value
	if !schema.Type.Is("object") || response.Headers["Content-Language"] == nil {
		t.Errorf("got a %v with headers %v", schema.Type, response.Headers)
	}
}

func TestAnswer_HasOneTypeWhateverIsAccepted(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for _, accept := range []string{"", "*/*", "json", "text/html", "APPLICATION/JSON", "application/json;q=0", "application/cbor, json;q=1"} {
		got := w.send(t, request{method: http.MethodGet, path: "/healthz", header: map[string]string{"Accept": accept}})
		if kind := got.header.Get("Content-Type"); got.status != http.StatusOK || kind != "application/json" {
			t.Errorf("%q: got %d %s", accept, got.status, kind)
		}
	}
}

func TestWeb_CompressesForThoseWhoTakeIt(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	for accepted, want := range map[string]string{
		"gzip": "gzip", "GZIP": "gzip", "br;q=1, gzip;q=0.1": "gzip", "*": "gzip", "x-gzip": "gzip",
		"": "", "gzip;q=0": "", "gzip;Q=0.0": "", "*, gzip;q=0": "", "br": "", "*;q=0": "", "gzipped": "",
	} {
		got := w.browse(t, http.MethodGet, "/", map[string]string{"Accept-Encoding": accepted})
		if coding := got.header.Get("Content-Encoding"); got.status != http.StatusOK || coding != want {
			t.Errorf("%q: got %d %q, want %q", accepted, got.status, coding, want)
		}
	}
}
