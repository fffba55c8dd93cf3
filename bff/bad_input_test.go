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
		"not JSON":                       {call: start2("{purpose}"), status: 400, code: "body_malformed", rule: "syntax"},
		"nothing":                        {call: as(start2("x"), func(r *request) { r.body = "" }), status: 400, code: "body_malformed", rule: "body_missing"},
		"spaces only":                    {call: start2("  \n"), status: 400, code: "body_malformed", rule: "body_missing"},
		"a member twice":                 {call: start2(`{"purpose":"access","purpose":"confirm"}`), status: 400, code: "body_malformed", rule: "duplicate_member"},
		"a member twice by an escape":    {call: start2(`{"purpose":"access","\u0070urpose":"confirm"}`), status: 400, code: "body_malformed", rule: "duplicate_member"},
		"a second document":              {call: start2(`{"purpose":"access"}{}`), status: 400, code: "body_malformed", rule: "trailing_data"},
		"invalid UTF-8":                  {call: start2("{\"purpose\":\"\xff\"}"), status: 400, code: "body_malformed", rule: "utf8"},
		"half a surrogate pair":          {call: start2(`{"purpose":"access","document":{"type":"resident_id","number":"1","name":"\ud800"}}`), status: 400, code: "body_malformed", rule: "lone_surrogate"},
		"a NUL":                          {call: start2(`{"purpose":"a\u0000"}`), status: 400, code: "body_malformed", rule: "nul_character"},
		"a byte order mark":              {call: start2("\ufeff{}"), status: 400, code: "body_malformed", rule: "syntax"},
		"too deep":                       {call: start2(tall), status: 400, code: "body_malformed", rule: "depth"},
		"a list instead of an object":    {call: start2("[]"), status: 422, code: "values_invalid", rule: "type"},
		"an unknown member":              {call: start2(with(start, "zhang_san", "x")), status: 422, code: "values_invalid", rule: "unknown_member"},
		"an unknown member further down": {call: start2(with(start, "document", with(zhang(), "a.b[0]", 1))), status: 422, code: "values_invalid", pointer: "/document", rule: "unknown_member"},
		"a member in capitals":           {call: start2(`{"PURPOSE":"access"}`), status: 422, code: "values_invalid", rule: "unknown_member"},
		"a member that folds to one":     {call: start2(`{"purpo\u017fe":"access"}`), status: 422, code: "values_invalid", rule: "unknown_member"},
		"a missing member":               {call: start2(object{}), status: 422, code: "values_invalid", pointer: "/purpose", rule: "required"},
		"a null":                         {call: start2(with(start, "use_prefill", nil)), status: 422, code: "values_invalid", pointer: "/use_prefill", rule: "type"},
		"a word that is none":            {call: start2(object{"purpose": "anything"}), status: 422, code: "values_invalid", pointer: "/purpose", rule: "enum"},
		"a number with a fraction":       {call: start2(`{"purpose":"confirm","todo_id":"t","revision":1.5}`), status: 422, code: "values_invalid", pointer: "/revision", rule: "type"},
		"a number beyond JavaScript's":   {call: start2(`{"purpose":"confirm","todo_id":"t","revision":9007199254740993}`), status: 422, code: "values_invalid", pointer: "/revision", rule: "type"},
		"a number that is too small":     {call: start2(`{"purpose":"confirm","todo_id":"t","revision":-1}`), status: 422, code: "values_invalid", pointer: "/revision", rule: "minimum"},
		"a wrong check digit":            {call: start2(with(start, "document", with(zhang(), "number", "110105194912310021"))), status: 422, code: "values_invalid", pointer: "/document/number", rule: "number_checksum"},
		"a birth that has not come yet":  {call: start2(with(start, "document", with(zhang(), "number", "110105209912310029"))), status: 422, code: "values_invalid", pointer: "/document/number", rule: "number_birth_date"},
		"a name with a direction mark":   {call: start2(with(start, "document", with(zhang(), "name", "张\u202e三"))), status: 422, code: "values_invalid", pointer: "/document/name", rule: "name_alphabet"},
		"neither document nor prefill":   {call: start2(object{"purpose": "access"}), status: 422, code: "request_unfit", pointer: "/document", rule: "required"},
		"a confirmation without a todo":  {call: start2(without(bound, "todo_id")), status: 422, code: "request_unfit", pointer: "/todo_id", rule: "required"},
		"one without the revision":       {call: start2(without(bound, "revision")), status: 422, code: "request_unfit", pointer: "/revision", rule: "required"},
		"one without the digest":         {call: start2(without(bound, "content_digest")), status: 422, code: "request_unfit", pointer: "/content_digest", rule: "required"},
		"document and prefill":           {call: start2(with(start, "use_prefill", true)), status: 422, code: "request_unfit"},
		"a document for a confirmation":  {call: start2(with(start, "purpose", "confirm")), status: 422, code: "request_unfit"},
		"more than a form":               {call: start2(`{"purpose":"` + strings.Repeat("a", 65<<10) + `"}`), status: 413, code: "body_too_large"},
		"more than a form, in pieces":    {call: as(start2(`{"purpose":"`+strings.Repeat("a", 1<<20)+`"}`), func(r *request) { r.chunked = true }), status: 413, code: "body_too_large"},
		"another content type":           {call: as(start2(start), func(r *request) { r.header = map[string]string{"Content-Type": "text/plain"} }), status: 415, code: "content_type_unsupported"},
		"another charset":                {call: as(start2(start), func(r *request) { r.header = map[string]string{"Content-Type": "application/json; charset=gbk"} }), status: 415, code: "content_type_unsupported"},
		"no content type":                {call: as(start2(start), func(r *request) { r.header = map[string]string{"Content-Type": ""} }), status: 415, code: "content_type_unsupported"},
		"no idempotency key":             {call: as(start2(start), func(r *request) { r.key = "" }), status: 400, code: "idempotency_key_required"},
		"a short idempotency key":        {call: as(start2(start), func(r *request) { r.key = "short" }), status: 400, code: "idempotency_key_required"},
		"an idempotency key with spaces": {call: as(start2(start), func(r *request) { r.key = "0123456789 0123456789" }), status: 400, code: "idempotency_key_required"},
		"no token":                       {call: as(start2(start), func(r *request) { r.token = "" }), status: 401, code: "session_required"},
		"a token of another shape":       {call: as(start2(start), func(r *request) { r.token = "abc" }), status: 401, code: "session_required"},
		"a token that nobody has":        {call: as(start2(start), func(r *request) { r.token = strings.Repeat("A", 43) }), status: 401, code: "session_required"},
		"another scheme":                 {call: as(start2(start), func(r *request) { r.header = map[string]string{"Authorization": "Basic " + p.token} }), status: 401, code: "session_required"},
		"an unknown parameter":           {call: request{method: http.MethodGet, path: "/v1/todos?zhang_san=1", token: p.token}, status: 422, code: "values_invalid", rule: "unknown_parameter"},
		"a limit that is no number":      {call: request{method: http.MethodGet, path: "/v1/todos?limit=many", token: p.token}, status: 422, code: "values_invalid", rule: "type"},
		"a limit beyond the largest":     {call: request{method: http.MethodGet, path: "/v1/todos?limit=51", token: p.token}, status: 422, code: "values_invalid", rule: "maximum"},
		"a cursor of nobody":             {call: request{method: http.MethodGet, path: "/v1/todos?cursor=AAAA", token: p.token}, status: 422, code: "values_invalid", rule: "cursor"},
		"a body where none is read":      {call: request{method: http.MethodGet, path: "/v1/todos", body: "{}", token: p.token}, status: 400, code: "body_malformed", rule: "body_not_expected"},
		"an id of another shape":         {call: request{method: http.MethodGet, path: "/v1/todos/%ff", token: p.token}, status: 404, code: "not_found"},
		"an id that is too long":         {call: request{method: http.MethodGet, path: "/v1/todos/" + strings.Repeat("a", 65), token: p.token}, status: 404, code: "not_found"},
		"an unknown path":                {call: request{method: http.MethodGet, path: "/v2/todos", token: p.token}, status: 404, code: "not_found"},
		"an unknown method":              {call: request{method: http.MethodPatch, path: "/v1/todos", token: p.token}, status: 405, code: "method_not_allowed"},

		"a stale digest":         {call: post(todoPath+"/confirmation", with(confirm, "content_digest", strings.Repeat("A", 43))), status: 409, code: "revision_stale"},
		"a stale revision":       {call: post(todoPath+"/confirmation", with(confirm, "revision", 2)), status: 409, code: "revision_stale"},
		"strokes without ink":    {call: post(todoPath+"/confirmation", with(confirm, "strokes", "AWRkAQIAAAAAAAk")), status: 422, code: "strokes_invalid", pointer: "/strokes", rule: "too_little"},
		"strokes that are none":  {call: post(todoPath+"/confirmation", with(confirm, "strokes", "!!")), status: 422, code: "strokes_invalid", pointer: "/strokes", rule: "encoding"},
		"another's verification": {call: post(todoPath+"/confirmation", with(confirm, "verification_id", "ver_1")), status: 409, code: "verification_not_usable"},
		"a reason of one's own":  {call: post(todoPath+"/refusal", object{"revision": 1, "content_digest": "x", "reason": "why not"}), status: 422, code: "values_invalid", pointer: "/reason", rule: "enum"},
		"a card of letters":      {call: post("/v1/verifications/ver_1/bank-card", object{"card": "abcd"}), status: 422, code: "values_invalid", pointer: "/card", rule: "card_format"},
		"a phone cut short":      {call: post("/v1/verifications/ver_1/bank-card", with(card(), "phone", "123")), status: 422, code: "values_invalid", pointer: "/phone", rule: "phone_format"},
		"a phone abroad":         {call: post("/v1/verifications/ver_1/bank-card", with(card(), "phone", "+852 51234567")), status: 422, code: "values_invalid", pointer: "/phone", rule: "phone_foreign"},
		"a phone of letters":     {call: post("/v1/verifications/ver_1/bank-card", with(card(), "phone", "abcd")), status: 422, code: "values_invalid", pointer: "/phone", rule: "phone_format"},

		"an unsigned request":        {call: as(push(sampleCase(1)), func(r *request) { r.registry = "" }), status: 401, code: "signature_missing"},
		"content with a number":      {call: push(with(sampleCase(1), "items", []object{{"label": "数", "value": 5}})), status: 422, code: "values_invalid", pointer: "/items/0/value", rule: "type"},
		"content with a direction":   {call: push(with(sampleCase(1), "items", []object{{"label": "数", "value": "a\u202eb"}})), status: 422, code: "content_invalid", pointer: "/items/0/value", rule: "text_bidi"},
		"content with a control":     {call: push(with(sampleCase(1), "items", []object{{"label": "a\tb", "value": "x"}})), status: 422, code: "content_invalid", pointer: "/items/0/label", rule: "text_control"},
		"a signer without a number":  {call: push(with(sampleCase(1), "signers", []object{{"signer_id": "s1", "role": "股东", "document": with(zhang(), "number", "1")}})), status: 422, code: "content_invalid", pointer: "/signers/0/document/number", rule: "number_length"},
		"an unknown member of a one": {call: push(with(sampleCase(1), "signers", []object{{"signer_id": "s1", "role": "股东", "document": zhang(), "zhang": 1}})), status: 422, code: "values_invalid", pointer: "/signers/0", rule: "unknown_member"},
		"nobody to sign":             {call: push(with(sampleCase(1), "signers", []object{})), status: 422, code: "content_invalid", pointer: "/signers", rule: "no_signer"},
		"a case id of another shape": {call: as(push(sampleCase(1)), func(r *request) { r.path = "/registry/v1/cases/a%20b" }), status: 422, code: "values_invalid", rule: "pattern"},
		"more than a case":           {call: push(strings.Repeat(" ", 2<<20+1)), status: 413, code: "body_too_large"},
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
