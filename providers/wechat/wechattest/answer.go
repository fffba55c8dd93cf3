package wechattest

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"renzheng/strictjson"
)

// answer is what a call says.
type answer struct {
	object  map[string]any
	picture []byte
	silent  bool // WeChat decided, and nobody hears of it
}

type fields = map[string]any

func success(f fields) answer {
	f["errcode"], f["errmsg"] = 0, "ok"
	return answer{object: f}
}

// plain is a success of the calls that send no code with it.
func plain(f fields) answer { return answer{object: f} }

func refused(code int) answer {
	return answer{object: fields{"errcode": code, "errmsg": "refused by the simulation rid: " + randomID()}}
}

func (a answer) write(w http.ResponseWriter) {
	if a.picture != nil {
		w.Header().Set("Content-Type", "image/jpg")
		_, _ = w.Write(a.picture) // the client may have left
		return
	}
	w.Header().Set("Content-Type", "application/json; encoding=utf-8")
	_ = json.NewEncoder(w).Encode(a.object) //nolint:errchkjson // the client may have left
}

// read decodes a body strictly: what we did not mean to send is refused.
func read(r *http.Request, into any) bool {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return false
	}
	body, err := io.ReadAll(r.Body)
	return err == nil && strictjson.Decode(body, into) == nil
}

// randomID returns 32 hex digits.
func randomID() string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails since Go 1.24
	return hex.EncodeToString(id[:])
}
