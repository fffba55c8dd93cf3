package bff_test

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/appeal"
	"renzheng/bff"
	"renzheng/receipt"
	"renzheng/sql/datamap"
)

// files returns the files of a person's copy.
func (p person) files(t *testing.T) map[string][]byte {
	t.Helper()
	got := p.get(t, "/v1/me/export").want(t, http.StatusOK, "")
	if disposition := got.header.Get("Content-Disposition"); got.header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(disposition, "attachment; filename=") {
		t.Errorf("got headers %v", got.header)
	}
	archive, err := zip.NewReader(bytes.NewReader(got.body), int64(len(got.body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range archive.File {
		open, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(open); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// copied returns the rows of a person's copy, by table.
func copied(t *testing.T, files map[string][]byte) map[string][]object {
	t.Helper()
	var read struct {
		Data map[string][]object `json:"data"`
	}
	if err := json.Unmarshal(files["data.json"], &read); err != nil {
		t.Fatal(err)
	}
	return read.Data
}

// lived is a person of whom there is something in most tables.
func (w *fixture) lived(t *testing.T) person {
	t.Helper()
	p := w.signed(t)
	p.call(t, http.MethodPost, "/v1/notifications", nil)
	p.ask(t, object{"failure": "face_differs", "document_type": "resident_id", "purpose": "access"})
	p.call(t, http.MethodPost, "/v1/me/corrections", object{"field": "name", "text": "名字写错了"}).want(t, http.StatusCreated, "")
	path := p.opened(t, object{"failure": "tries_exhausted", "verification_id": p.usesUpTries(t)})
	w.reads(misread())
	p.agreesToReading(t, path)
	front := p.uploaded(t, path, "document_front")
	p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusOK, "")
	p.call(t, http.MethodPost, front+"/reading/confirmation", object{"name": zhangName}).want(t, http.StatusOK, "")
	p.uploads(t, path, "document_back", aPicture(t))
	p.uploads(t, path, "failure_screenshot", []byte("no picture"))
	p.uploaded(t, path, "holding_document")
	p.uploads(t, path, "failure_video", video(t))
	p.call(t, http.MethodPost, path+"/submission", object{"contact": "13800138000", "text": "证件未过期"}).want(t, http.StatusOK, "")
	w.decided(t, path, appeal.Stands)
	p.call(t, http.MethodPost, "/v1/queue-numbers", object{"office": "320500"}).want(t, http.StatusCreated, "")
	p.books(t, object{"office": "320500", "starts_at": p.slots(t)[60], "failure": "face_differs"}).want(t, http.StatusCreated, "")
	w.registry(t, http.MethodPost, "/cases/case-2/signers/s1/invitation").want(t, http.StatusCreated, "")
	w.registry(t, http.MethodGet, "/cases/case-1/signers/s1/evidence").want(t, http.StatusOK, "")
	return p
}

// Every column of the data map in which something is stored about the person is in their copy, unless the map gives the reason why
// not. A new table or column fails here until it is copied or the reason is stated.
func TestExport_HasEveryColumnOfTheDataMap(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	data := copied(t, w.lived(t).files(t))
	m, err := datamap.Load()
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: w.path}).EscapedPath())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	columns := 0
	for _, table := range m.Tables() {
		rows, ok := data[table.Name]
		if wanted := m.CopiedColumns(table.Name); ok != (len(wanted) > 0) {
			t.Errorf("the copy has the table %s: %t, and %d columns of it are to be copied", table.Name, ok, len(wanted))
		}
		for _, c := range table.Columns {
			stored, shown := filled(valuesOf(t, db, c), c.Kind), shownIn(rows, c)
			if m.LeftOut(c) != "" {
				stored = 0
			}
			if columns += min(stored, 1); shown != stored {
				t.Errorf("the copy has %d values of %s.%s, want %d", shown, c.Table, c.Name, stored)
			}
		}
	}
	if least := 120; columns < least {
		t.Errorf("compared %d columns with something in them, want at least %d", columns, least)
	}
}

// filled counts the values that are not empty.
func filled(values [][]byte, kind datamap.Kind) int {
	return len(slices.DeleteFunc(values, func(v []byte) bool { return len(v) == 0 || kind == "time" && string(v) == "0" }))
}

// shownIn counts the rows of a copy that have a column.
func shownIn(rows []object, c datamap.Column) int {
	shown := 0
	for _, row := range rows {
		if row[strings.TrimSuffix(c.Name, "_cipher")] != nil {
			shown++
		}
	}
	return shown
}

func TestExport_IsReadableAndProvesTheAnswers(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	files := w.lived(t).files(t)
	page := string(files["index.html"])
	for _, want := range []string{zhangName, zhangNumber, "居民身份证", "北京示例科技有限公司", "谁查看过", "样例登记机关", "已确认", "注册资本"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, bad := range []string{"http://", "https://", "<script", "src=", "wrapped", "token"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %s", bad)
		}
	}
	receipts, pictures := 0, 0
	for name, content := range files {
		switch folder, _, _ := strings.Cut(name, "/"); folder {
		case "receipts":
			receipts++
			if _, err := receipt.Verify(content, w.deps.JWKS()); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case "pictures", "signatures":
			pictures++
			if !strings.HasPrefix(http.DetectContentType(content), "image/") {
				t.Errorf("%s is %s", name, http.DetectContentType(content))
			}
		}
	}
	if receipts != 1 || pictures < 2 {
		t.Errorf("got %d receipts and %d pictures, want one, and portrait and handwriting", receipts, pictures)
	}
}

func TestExport_ShowsNothingOfAnotherPerson(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.lived(t)
	other := sampleCase(1)
	other["signers"] = []object{{"signer_id": "signer-of-another-name", "role": "监事", "document": object{"type": "resident_id", "number": zhangNumber, "name": "王五"}}}
	w.push(t, "case-9", other).want(t, http.StatusCreated, "")
	files := p.files(t)
	for name, content := range files {
		for _, secret := range []string{"王五", "signer-of-another-name", "case-9", "监事"} {
			if bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s has %s of a todo under another name", name, secret)
			}
		}
	}
}

// What breaks off must not look complete: the connection ends without the end of the answer.
func TestExport_BreaksOffIfItFails(t *testing.T) {
	t.Parallel()
	calls := 0
	w := newFixture(t, func(d *bff.Deps) {
		keys := d.JWKS
		d.JWKS = func() []byte {
			calls++
			if calls > 1 {
				return []byte("{}")
			}
			return keys()
		}
	})
	p := w.signed(t)
	calls = 1
	server := httptest.NewServer(w.api.Public())
	t.Cleanup(server.Close)
	sent, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/v1/me/export", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	sent.Header.Set("Authorization", "Bearer "+p.token)
	got, err := server.Client().Do(sent)
	if err == nil {
		_, err = io.ReadAll(got.Body)
		_ = got.Body.Close()
	}
	if err == nil {
		t.Error("the answer seems complete")
	}
}

func TestExport_IsLimitedAndNeedsAccess(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.login(t, "li").get(t, "/v1/me/export").want(t, http.StatusForbidden, "access_required")
	p := w.enter(t)
	server := httptest.NewServer(w.api.Public())
	t.Cleanup(server.Close)
	for range 10 {
		if got := over(t, server, request{method: http.MethodHead, path: "/v1/me/export", token: p.token}); got.status != http.StatusOK {
			t.Errorf("got %d for HEAD", got.status)
		}
		p.get(t, "/v1/me/export").want(t, http.StatusOK, "")
	}
	w.pass(time.Minute)
	limited := p.get(t, "/v1/me/export").want(t, http.StatusTooManyRequests, "too_many_requests")
	if got := limited.header.Get("Retry-After"); got != "86340" {
		t.Errorf("got Retry-After %s, want the rest of a day", got)
	}
}
