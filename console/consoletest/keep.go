package consoletest

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// keepVariable names the folder into which every page is written that a browser of a test shows, in both languages. A real
// browser looks at them there: scripts/console-pages.mjs.
const keepVariable = "CONSOLE_PAGES"

var ids = regexp.MustCompile(`[a-z]{3}_[0-9a-f]{8,}`)

// keepPage writes a page, unless a longer one of its address and status is there, or a picture of one.
func (b *Browser) keepPage(r *http.Request, p *Page) {
	folder := os.Getenv(keepVariable)
	if folder != "" && p.Header.Get("Content-Type") == "image/png" {
		writeLonger(folder, strings.ReplaceAll(strings.Trim(r.URL.Path, "/"), "/", "_"), p.Body)
	}
	if folder == "" || p.Header.Get("Location") != "" || !strings.HasPrefix(r.URL.String(), b.home+"/") || !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
		return
	}
	writeLonger(folder, pageName(r, p, b.language), p.Body)
	if r.Method != http.MethodGet || r.URL.Path == "/sign-in/callback" {
		return
	}
	again := r.Clone(b.t.Context())
	again.Header.Set("Accept-Language", "zh-CN")
	answer, err := b.client.Do(again)
	if err != nil {
		return
	}
	content, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err == nil && answer.Header.Get("Content-Language") == "zh-Hans" {
		writeLonger(folder, pageName(r, p, "zh-Hans"), string(content))
	}
}

func pageName(r *http.Request, p *Page, language string) string {
	path := strings.Trim(strings.ReplaceAll(ids.ReplaceAllString(r.URL.Path, "id"), "/", "_"), "_")
	if path == "" {
		path = "home"
	}
	if p.Status != http.StatusOK {
		path += "_" + strconv.Itoa(p.Status)
	}
	return path + "." + language + ".html"
}

func writeLonger(folder, name, body string) {
	path := filepath.Join(folder, filepath.Base(name))
	if info, err := os.Stat(path); err == nil && info.Size() >= int64(len(body)) {
		return
	}
	_ = os.WriteFile(path, []byte(body), 0o600) // the look at it fails if it is absent
}
