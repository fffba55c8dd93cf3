package bff

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
	"time"
)

const maxWebBytes = 16 << 20 // a client is a megabyte or two; what is more was put there by mistake

// hashed are names that change with what is in them, as bundlers give them.
var hashed = regexp.MustCompile(`[.-][0-9a-f]{8,}\.[a-z0-9]+$`)

// webFile is one file of the client, in memory.
type webFile struct {
	plain, zipped []byte // zipped is nil where it would not be smaller
	kind          string // media type
	tag           string // without quotes
	cache         string
}

// loadWeb reads the client once: it does not change under a running server.
func loadWeb(files fs.FS) (map[string]webFile, error) {
	if files == nil {
		return nil, nil
	}
	loaded, size := map[string]webFile{}, 0
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch hidden := name != "." && strings.HasPrefix(entry.Name(), "."); {
		case err != nil:
			return err
		case hidden && entry.IsDir():
			return fs.SkipDir
		case hidden, entry.IsDir():
			return nil // a build has no hidden files; what lies beside it by mistake is nobody's business
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if size += len(content); size > maxWebBytes {
			return fmt.Errorf("more than %d MiB", maxWebBytes>>20)
		}
		loaded[name], err = newWebFile(name, content)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the web client: %w", err)
	}
	return loaded, nil
}

func newWebFile(name string, content []byte) (webFile, error) {
	sum := sha256.Sum256(content)
	file := webFile{
		plain: content, kind: mime.TypeByExtension(path.Ext(name)), cache: "no-cache",
		tag: base64.RawURLEncoding.EncodeToString(sum[:12]),
	}
	if file.kind == "" {
		file.kind = "application/octet-stream"
	}
	if hashed.MatchString(name) {
		file.cache = "public, max-age=31536000, immutable"
	}
	var zipped bytes.Buffer
	writer, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return file, err
	}
	if _, err = writer.Write(content); err != nil {
		return file, err
	}
	if err = writer.Close(); err == nil && zipped.Len() < len(content) {
		file.zipped = zipped.Bytes()
	}
	return file, err
}

// serve answers with the file, or that the browser has it.
func (f webFile) serve(w http.ResponseWriter, r *http.Request) {
	header, content, tag := w.Header(), f.plain, f.tag
	header.Set("Content-Type", f.kind)
	header.Set("Cache-Control", f.cache)
	header.Set("Content-Security-Policy", webPolicy)
	header.Set("Vary", "Accept-Encoding")
	header.Del("Content-Language") // a file of the client has no language of ours
	if f.zipped != nil && takesGzip(r.Header.Values("Accept-Encoding")) {
		content, tag = f.zipped, tag+"-gz"
		header.Set("Content-Encoding", "gzip")
	}
	header.Set("Etag", `"`+tag+`"`)
	r.Header.Del("Range") // a part of a compressed file helps nobody
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// takesGzip reports whether the lines of Accept-Encoding allow gzip, by its name
// or by "*" (RFC 9110 §12.5.3).
func takesGzip(lines []string) bool {
	allowed := false
	for _, line := range lines {
		for _, element := range commaSeparated(line) {
			switch coding, weight := wished(element); strings.ToLower(coding) {
			case "gzip", "x-gzip":
				return weight > 0
			case "*":
				allowed = weight > 0
			}
		}
	}
	return allowed
}
