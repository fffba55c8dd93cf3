package console

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
)

//go:embed pages
var pageFiles embed.FS

//go:embed static/style.css
var style []byte

//go:embed static/pad.js
var padScript []byte

// pages are the templates by name, and the texts.
type pages struct {
	byName   map[string]*template.Template
	texts    texts
	problems []problemRule
	style    string // address of the style sheet, see addressOf
	script   string // address of the script of the pad, likewise
}

// loadPages parses the templates and loads the texts. Each page can use the templates in pages/parts.
func loadPages() (pages, error) {
	p := pages{byName: map[string]*template.Template{}}
	p.style, p.script = addressOf("/style.css", style), addressOf("/pad.js", padScript)
	var err error
	if p.texts, err = loadTexts(); err != nil {
		return p, err
	}
	if p.problems, err = loadProblems(); err != nil {
		return p, err
	}
	files, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		return p, err
	}
	for _, file := range files {
		t, err := template.New("page").ParseFS(pageFiles, "pages/parts/*.html", file)
		if err != nil {
			return p, fmt.Errorf("reading the page %s: %w", file, err)
		}
		p.byName[strings.TrimSuffix(path.Base(file), ".html")] = t
	}
	return p, nil
}

// addressOf returns the address of a static file. It changes with the content, so that browsers may keep the file.
func addressOf(file string, content []byte) string {
	sum := sha256.Sum256(content)
	return file + "?v=" + hex.EncodeToString(sum[:6])
}

// write renders a page and sends it. It sends nothing if the template fails.
func (p pages) write(c *call, name string, status int, data any) error {
	t, ok := p.byName[name]
	if !ok {
		return fmt.Errorf("there is no page %s", name)
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "layout", c.view(name, data)); err != nil {
		return fmt.Errorf("writing the page %s: %w", name, err)
	}
	c.gin.Data(status, "text/html; charset=utf-8", out.Bytes())
	return nil
}
