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
	byName map[string]*template.Template
	texts  texts
	style  string // address of the style sheet, which changes with its content
	script string // likewise, of the script of the pad
}

// loadPages parses every template. Those in pages/parts belong to all of them.
func loadPages() (pages, error) {
	p := pages{byName: map[string]*template.Template{}}
	p.style, p.script = addressOf("/style.css", style), addressOf("/pad.js", padScript)
	var err error
	if p.texts, err = loadTexts(); err != nil {
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

// addressOf returns the address of a static file.
func addressOf(file string, content []byte) string {
	sum := sha256.Sum256(content)
	return file + "?v=" + hex.EncodeToString(sum[:6])
}

// write answers with a page. Nothing is sent if the template fails.
func (p pages) write(c *call, name string, status int, data any) error {
	t, ok := p.byName[name]
	if !ok {
		return fmt.Errorf("no page is called %s", name)
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "layout", c.view(name, data)); err != nil {
		return fmt.Errorf("writing the page %s: %w", name, err)
	}
	c.gin.Data(status, "text/html; charset=utf-8", out.Bytes())
	return nil
}
