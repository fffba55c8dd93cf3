package console

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// answer is what a handler returns: a page, a redirect, a status, or content that is no page.
type answer interface{ write(c *call) error }

// page is a template with its data.
type page struct {
	name   string // of the template, without .html
	status int    // 0 = 200
	script bool   // allows the script of the pad
	data   any
}

func (p page) write(c *call) error {
	status := p.status
	if status == 0 {
		status = http.StatusOK
	}
	if p.script {
		c.gin.Header("Content-Security-Policy", policy+"; script-src 'self'")
	}
	return c.console.pages.write(c, p.name, status, p.data)
}

// unprocessable returns a page with the status 422: a form again, with what is wrong in it.
func unprocessable(p page) page {
	p.status = http.StatusUnprocessableEntity
	return p
}

// redirect is an address to which the browser is sent. Every form that changed something ends with one, so that a reload repeats
// nothing.
type redirect string

func (r redirect) write(c *call) error {
	c.gin.Redirect(http.StatusSeeOther, string(r))
	return nil
}

// status is an answer without a body, for programs.
type status int

func (s status) write(c *call) error {
	c.gin.Status(int(s))
	c.gin.Writer.WriteHeaderNow()
	return nil
}

// asset is a static file. Browsers may keep it, because its address changes with its content.
type asset struct {
	mediaType string
	content   []byte
}

func (a asset) write(c *call) error {
	c.gin.Header("Cache-Control", "public, max-age="+assetSeconds)
	c.gin.Data(http.StatusOK, a.mediaType, a.content)
	return nil
}

// assetSeconds is how long browsers keep a static file.
const assetSeconds = "86400"

// download is a file that the browser saves.
type download struct {
	name, mediaType string
	content         []byte
}

func (d download) write(c *call) error {
	c.gin.Header("Content-Disposition", `attachment; filename="`+d.name+`"`)
	c.gin.Data(http.StatusOK, d.mediaType, d.content)
	return nil
}

// media is a picture or a video that somebody uploaded. The browser shows it in a sandbox, runs nothing in it, and keeps no copy.
type media struct {
	content   io.Reader
	mediaType string
	size      int64 // bytes
}

func (m media) write(c *call) error {
	h := c.gin.Writer.Header()
	h.Set("Content-Type", m.mediaType)
	h.Set("Content-Length", strconv.FormatInt(m.size, 10))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Disposition", "inline")
	if _, err := io.Copy(c.gin.Writer, m.content); err != nil {
		return fmt.Errorf("sending a picture or video: %w", err)
	}
	return nil
}
