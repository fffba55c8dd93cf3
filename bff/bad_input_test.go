package bff_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// content returns a digest of every row of every table, to detect any change. It leaves out the count of a session's
// idempotency keys, because a key counts even if its request is rejected.
func (w *fixture) content(t *testing.T) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+w.path+"?_pragma=query_only(1)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	digest := sha256.New()
	for _, table := range column(t, db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") {
		for _, row := range column(t, db, `SELECT * FROM "`+table+`"`) {
			if table != "budgets" || !strings.HasPrefix(row, "keys|") {
				digest.Write([]byte(table + "\x00" + row + "\n"))
			}
		}
	}
	return hex.EncodeToString(digest.Sum(nil))
}

// column returns each row of a query as one text.
func column(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for rows.Next() {
		values := make([]any, len(names))
		for i := range values {
			values[i] = new(sql.RawBytes)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, value := range values {
			raw, _ := value.(*sql.RawBytes)
			text.Write(*raw)
		}
		out = append(out, text.String())
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// with returns a copy of an object with one member changed.
func with(o object, name string, value any) object {
	out := maps.Clone(o)
	out[name] = value
	return out
}

// without returns a copy of an object without a member.
func without(o object, name string) object {
	out := maps.Clone(o)
	delete(out, name)
	return out
}

func TestBadInput_ChangesNothing(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	shown := p.openTodo(t)
	confirm := p.sign(t, shown)
	todoPath := "/v1/todos/" + shown.text(t, "id")
	start := object{"purpose": "access", "document": zhang()}
	bound := object{"purpose": "confirm", "todo_id": shown.text(t, "id"), "revision": 1, "content_digest": shown.text(t, "content_digest")}
	tall := strings.Repeat(`{"a":`, 17) + "1" + strings.Repeat("}", 17)

	post := func(path string, body any) request {
		return request{method: http.MethodPost, path: path, body: body, token: p.token, key: newKey()}
	}
	push := func(body any) request {
		return request{method: http.MethodPut, path: "/registry/v1/cases/case-9", body: body, registry: "beijing"}
	}
	start2 := func(body any) request { return post("/v1/verifications", body) }
	as := func(r request, change func(*request)) request { change(&r); return r }

	cases := map[string]struct {
		call          request
		status        int
		code          string
		pointer, rule string
	}{
		"not JSON":                       {start2("{purpose}"), 400, "body_malformed", "", "syntax"},
		"nothing":                        {as(start2("x"), func(r *request) { r.body = "" }), 400, "body_malformed", "", "body_missing"},
		"spaces only":                    {start2("  \n"), 400, "body_malformed", "", "body_missing"},
		"a member twice":                 {start2(`{"purpose":"access","purpose":"confirm"}`), 400, "body_malformed", "", "duplicate_member"},
		"a member twice by an escape":    {start2(`{"purpose":"access","\u0070urpose":"confirm"}`), 400, "body_malformed", "", "duplicate_member"},
		"a second document":              {start2(`{"purpose":"access"}{}`), 400, "body_malformed", "", "trailing_data"},
		"invalid UTF-8":                  {start2("{\"purpose\":\"\xff\"}"), 400, "body_malformed", "", "utf8"},
		"half a surrogate pair":          {start2(`{"purpose":"access","document":{"type":"resident_id","number":"1","name":"\ud800"}}`), 400, "body_malformed", "", "lone_surrogate"},
		"a NUL":                          {start2(`{"purpose":"a\u0000"}`), 400, "body_malformed", "", "nul_character"},
		"a byte order mark":              {start2("\ufeff{}"), 400, "body_malformed", "", "syntax"},
		"too deep":                       {start2(tall), 400, "body_malformed", "", "depth"},
		"a list instead of an object":    {start2("[]"), 422, "values_invalid", "", "type"},
		"an unknown member":              {start2(with(start, "zhang_san", "x")), 422, "values_invalid", "", "unknown_member"},
		"an unknown member further down": {start2(with(start, "document", with(zhang(), "a.b[0]", 1))), 422, "values_invalid", "/document", "unknown_member"},
		"a member in capitals":           {start2(`{"PURPOSE":"access"}`), 422, "values_invalid", "", "unknown_member"},
		"a member that folds to one":     {start2(`{"purpo\u017fe":"access"}`), 422, "values_invalid", "", "unknown_member"},
		"a missing member":               {start2(object{}), 422, "values_invalid", "/purpose", "required"},
		"a null":                         {start2(with(start, "use_prefill", nil)), 422, "values_invalid", "/use_prefill", "type"},
		"a word that is none":            {start2(object{"purpose": "anything"}), 422, "values_invalid", "/purpose", "enum"},
		"a number with a fraction":       {start2(`{"purpose":"confirm","todo_id":"t","revision":1.5}`), 422, "values_invalid", "/revision", "type"},
		"a number beyond JavaScript's":   {start2(`{"purpose":"confirm","todo_id":"t","revision":9007199254740993}`), 422, "values_invalid", "/revision", "type"},
		"a number that is too small":     {start2(`{"purpose":"confirm","todo_id":"t","revision":-1}`), 422, "values_invalid", "/revision", "minimum"},
		"a wrong check digit":            {start2(with(start, "document", with(zhang(), "number", "110105194912310021"))), 422, "values_invalid", "/document/number", "number_checksum"},
		"a birth that has not come yet":  {start2(with(start, "document", with(zhang(), "number", "110105209912310029"))), 422, "values_invalid", "/document/number", "number_birth_date"},
		"a name with a direction mark":   {start2(with(start, "document", with(zhang(), "name", "张\u202e三"))), 422, "values_invalid", "/document/name", "name_alphabet"},
		"neither document nor prefill":   {start2(object{"purpose": "access"}), 422, "request_unfit", "/document", "required"},
		"a confirmation without a todo":  {start2(without(bound, "todo_id")), 422, "request_unfit", "/todo_id", "required"},
		"one without the revision":       {start2(without(bound, "revision")), 422, "request_unfit", "/revision", "required"},
		"one without the digest":         {start2(without(bound, "content_digest")), 422, "request_unfit", "/content_digest", "required"},
		"document and prefill":           {start2(with(start, "use_prefill", true)), 422, "request_unfit", "", ""},
		"a document for a confirmation":  {start2(with(start, "purpose", "confirm")), 422, "request_unfit", "", ""},
		"more than a form":               {start2(`{"purpose":"` + strings.Repeat("a", 65<<10) + `"}`), 413, "body_too_large", "", ""},
		"more than a form, in pieces":    {as(start2(`{"purpose":"`+strings.Repeat("a", 1<<20)+`"}`), func(r *request) { r.chunked = true }), 413, "body_too_large", "", ""},
		"another content type":           {as(start2(start), func(r *request) { r.header = map[string]string{"Content-Type": "text/plain"} }), 415, "content_type_unsupported", "", ""},
		"another charset":                {as(start2(start), func(r *request) { r.header = map[string]string{"Content-Type": "application/json; charset=gbk"} }), 415, "content_type_unsupported", "", ""},
		"no content type":                {as(start2(start), func(r *request) { r.header = map[string]string{"Content-Type": ""} }), 415, "content_type_unsupported", "", ""},
		"no idempotency key":             {as(start2(start), func(r *request) { r.key = "" }), 400, "idempotency_key_required", "", ""},
		"a short idempotency key":        {as(start2(start), func(r *request) { r.key = "short" }), 400, "idempotency_key_required", "", ""},
		"an idempotency key with spaces": {as(start2(start), func(r *request) { r.key = "0123456789 0123456789" }), 400, "idempotency_key_required", "", ""},
		"no token":                       {as(start2(start), func(r *request) { r.token = "" }), 401, "session_required", "", ""},
		"a token of another shape":       {as(start2(start), func(r *request) { r.token = "abc" }), 401, "session_required", "", ""},
		"a token that nobody has":        {as(start2(start), func(r *request) { r.token = strings.Repeat("A", 43) }), 401, "session_required", "", ""},
		"another scheme":                 {as(start2(start), func(r *request) { r.header = map[string]string{"Authorization": "Basic " + p.token} }), 401, "session_required", "", ""},
		"an unknown parameter":           {request{method: http.MethodGet, path: "/v1/todos?zhang_san=1", token: p.token}, 422, "values_invalid", "", "unknown_parameter"},
		"a limit that is no number":      {request{method: http.MethodGet, path: "/v1/todos?limit=many", token: p.token}, 422, "values_invalid", "", "type"},
		"a limit beyond the largest":     {request{method: http.MethodGet, path: "/v1/todos?limit=51", token: p.token}, 422, "values_invalid", "", "maximum"},
		"a cursor of nobody":             {request{method: http.MethodGet, path: "/v1/todos?cursor=AAAA", token: p.token}, 422, "values_invalid", "", "cursor"},
		"a body where none is read":      {request{method: http.MethodGet, path: "/v1/todos", body: "{}", token: p.token}, 400, "body_malformed", "", "body_not_expected"},
		"an id of another shape":         {request{method: http.MethodGet, path: "/v1/todos/%ff", token: p.token}, 404, "not_found", "", ""},
		"an id that is too long":         {request{method: http.MethodGet, path: "/v1/todos/" + strings.Repeat("a", 65), token: p.token}, 404, "not_found", "", ""},
		"an unknown path":                {request{method: http.MethodGet, path: "/v2/todos", token: p.token}, 404, "not_found", "", ""},
		"an unknown method":              {request{method: http.MethodPatch, path: "/v1/todos", token: p.token}, 405, "method_not_allowed", "", ""},

		"a stale digest":         {post(todoPath+"/confirmation", with(confirm, "content_digest", strings.Repeat("A", 43))), 409, "revision_stale", "", ""},
		"a stale revision":       {post(todoPath+"/confirmation", with(confirm, "revision", 2)), 409, "revision_stale", "", ""},
		"strokes without ink":    {post(todoPath+"/confirmation", with(confirm, "strokes", "AWRkAQIAAAAAAAk")), 422, "strokes_invalid", "/strokes", "too_little"},
		"strokes that are none":  {post(todoPath+"/confirmation", with(confirm, "strokes", "!!")), 422, "strokes_invalid", "/strokes", "encoding"},
		"another's verification": {post(todoPath+"/confirmation", with(confirm, "verification_id", "ver_1")), 409, "verification_not_usable", "", ""},
		"a reason of one's own":  {post(todoPath+"/refusal", object{"revision": 1, "content_digest": "x", "reason": "why not"}), 422, "values_invalid", "/reason", "enum"},
		"a card of letters":      {post("/v1/verifications/ver_1/bank-card", object{"card": "abcd"}), 422, "values_invalid", "/card", "card_format"},
		"a phone cut short":      {post("/v1/verifications/ver_1/bank-card", with(card(), "phone", "123")), 422, "values_invalid", "/phone", "phone_format"},
		"a phone abroad":         {post("/v1/verifications/ver_1/bank-card", with(card(), "phone", "+852 51234567")), 422, "values_invalid", "/phone", "phone_foreign"},
		"a phone of letters":     {post("/v1/verifications/ver_1/bank-card", with(card(), "phone", "abcd")), 422, "values_invalid", "/phone", "phone_format"},

		"an unsigned request":        {as(push(sampleCase(1)), func(r *request) { r.registry = "" }), 401, "signature_missing", "", ""},
		"content with a number":      {push(with(sampleCase(1), "items", []object{{"label": "数", "value": 5}})), 422, "values_invalid", "/items/0/value", "type"},
		"content with a direction":   {push(with(sampleCase(1), "items", []object{{"label": "数", "value": "a\u202eb"}})), 422, "content_invalid", "/items/0/value", "text_bidi"},
		"content with a control":     {push(with(sampleCase(1), "items", []object{{"label": "a\tb", "value": "x"}})), 422, "content_invalid", "/items/0/label", "text_control"},
		"a signer without a number":  {push(with(sampleCase(1), "signers", []object{{"signer_id": "s1", "role": "股东", "document": with(zhang(), "number", "1")}})), 422, "content_invalid", "/signers/0/document/number", "number_length"},
		"an unknown member of a one": {push(with(sampleCase(1), "signers", []object{{"signer_id": "s1", "role": "股东", "document": zhang(), "zhang": 1}})), 422, "values_invalid", "/signers/0", "unknown_member"},
		"nobody to sign":             {push(with(sampleCase(1), "signers", []object{})), 422, "content_invalid", "/signers", "no_signer"},
		"a case id of another shape": {as(push(sampleCase(1)), func(r *request) { r.path = "/registry/v1/cases/a%20b" }), 422, "values_invalid", "", "pattern"},
		"more than a case":           {push(strings.Repeat(" ", 2<<20+1)), 413, "body_too_large", "", ""},
	}
	before := w.content(t)
	for name, test := range cases {
		got := w.send(t, test.call)
		if got.status != test.status || got.text(t, "code") != test.code {
			t.Errorf("%s: got %d %s, want %d %s\n%s", name, got.status, got.text(t, "code"), test.status, test.code, got.body)
			continue
		}
		if test.rule != "" {
			broken := got.list(t, "errors")
			if !slices.ContainsFunc(broken, func(b object) bool { return b["rule"] == test.rule && pointer(b) == test.pointer }) {
				t.Errorf("%s: got %v, want %s at %q", name, broken, test.rule, test.pointer)
			}
		}
		for _, leaked := range []string{"zhang_san", "a.b", "110105", "张", "PURPOSE", "ſ"} {
			if strings.Contains(string(got.body), leaked) {
				t.Errorf("%s: the problem holds %q of the request: %s", name, leaked, got.body)
			}
		}
	}
	if w.content(t) != before {
		t.Error("a refused request has changed the database")
	}
	p.call(t, http.MethodPost, todoPath+"/confirmation", confirm).want(t, http.StatusCreated, "")
}

func TestBadInput_MistypedNumbersUseUpNothing(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	before := w.content(t)
	for _, number := range []string{
		"11010519491231002", "110105194912310021", "110105194912310022", "110105194912310023", "110105194912310024",
		"110105194912310025", "110105194912310026", "110105209912310029",
	} {
		got := p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": with(zhang(), "number", number)})
		got.want(t, http.StatusUnprocessableEntity, "values_invalid")
		if at := pointer(got.list(t, "errors")[0]); at != "/document/number" {
			t.Errorf("got a fault at %q, want one of the number", at)
		}
	}
	if w.content(t) != before {
		t.Error("a number that nobody can have has changed the database")
	}
	p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": zhang()}).want(t, http.StatusCreated, "")
}

func TestBadInput_APhoneCutShortIsNotCalledUnsupported(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	for phone, failure := range map[string]string{"123": "card_input_wrong", "+852 51234567": "phone_unsupported"} {
		got := p.call(t, http.MethodPost, "/v1/verifications/ver_1/bank-card", with(card(), "phone", phone))
		if code := got.text(t, "failure", "code"); code != failure {
			t.Errorf("%s: got %s, want %s", phone, code, failure)
		}
	}
}

func pointer(broken object) string {
	text, _ := broken["pointer"].(string)
	return text
}

func TestSession_EndsByItself(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	p.call(t, http.MethodGet, "/v1/todos", nil).want(t, http.StatusOK, "")
	w.pass(31 * time.Minute)
	p.call(t, http.MethodGet, "/v1/todos", nil).want(t, http.StatusUnauthorized, "session_required")
}

func TestSession_EndsByLogout(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	p.call(t, http.MethodDelete, "/v1/session", nil).want(t, http.StatusNoContent, "")
	p.call(t, http.MethodGet, "/v1/session", nil).want(t, http.StatusUnauthorized, "session_required")
}
