package wechattest

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"

	"renzheng/providers/fakes"
	"renzheng/strictjson"
)

const maxRequest = 1 << 20

// Server is the simulated WeChat. Safe for concurrent use.
type Server struct {
	options Options
	faults  fakes.Faults[Fault]

	mu       sync.Mutex
	tokens   map[string]*tokens // by app id
	codes    map[string]*code
	orders   map[string]bool // app id and out_seq_no
	checks   map[string]*check
	faces    map[string]int    // how many faces were shown for a name and number
	tickets  map[string]string // of QR codes → scene
	accepted map[string]int    // openid and template → messages agreed to
	windows  map[string]*window
	messages []Message
	menus    map[string]string // app id → JSON
	counted  map[string]int
}

// New makes a server. Errors: a required option is missing.
func New(options Options) (*Server, error) {
	if len(options.Apps) == 0 || options.Clock == nil {
		return nil, errors.New("wechattest: apps and clock are required")
	}
	if options.Persons == nil {
		options.Persons = func(string) (Person, bool) { return Person{}, false }
	}
	if options.Fate == nil {
		options.Fate = func(string, string) fakes.FaceFate { return fakes.FaceFate{} }
	}
	s := &Server{
		options: options, tokens: map[string]*tokens{}, codes: map[string]*code{}, orders: map[string]bool{},
		checks: map[string]*check{}, faces: map[string]int{}, tickets: map[string]string{},
		accepted: map[string]int{}, windows: map[string]*window{}, menus: map[string]string{},
		counted: map[string]int{},
	}
	for _, app := range options.Apps {
		s.tokens[app.ID] = &tokens{}
	}
	return s, nil
}

// Handler serves the calls of api.weixin.qq.com and mp.weixin.qq.com, and
//
//	GET  /sandbox/face       the face page: verify_id
//	POST /sandbox/face       what the person did there: verify_id, openid, action
//	POST /sandbox/code       what wx.login returns: openid → {"code"}
//	POST /sandbox/phone-code what the phone button returns: openid → {"code"}
//	POST /sandbox/accept     agreeing to a message: openid, template_id
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /sns/jscode2session", s.call(s.codeToSession))
	mux.HandleFunc("POST /cgi-bin/stable_token", s.call(s.stableToken))
	mux.HandleFunc("GET /cgi-bin/showqrcode", s.call(s.showQRCode))
	for path, do := range map[string]func(string, *http.Request) answer{
		"/wxa/business/getuserphonenumber":           s.phoneNumber,
		"/cityservice/face/identify/getverifyid":     s.verifyID,
		"/cityservice/face/identify/queryverifyinfo": s.verifyInfo,
		"/cityservice/face/identify/getimage":        s.faceImage,
		"/cgi-bin/message/subscribe/send":            s.subscribeMessage,
		"/cgi-bin/message/custom/send":               s.customMessage,
		"/cgi-bin/qrcode/create":                     s.createQRCode,
		"/cgi-bin/menu/create":                       s.createMenu,
	} {
		mux.HandleFunc("POST "+path, s.call(s.withToken(do)))
	}
	mux.HandleFunc("GET /sandbox/face", s.servePage)
	mux.HandleFunc("POST /sandbox/face", s.serveFace)
	mux.HandleFunc("POST /sandbox/code", s.serveCode)
	mux.HandleFunc("POST /sandbox/phone-code", s.serveCode)
	mux.HandleFunc("POST /sandbox/accept", s.serveAccept)
	return mux
}

// call answers one call. What the call does happens before a fault of its path
// spoils the answer: the worst order, and the one that real faults have.
func (s *Server) call(do func(*http.Request) answer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		path := strings.TrimPrefix(r.URL.Path, "/")
		s.mu.Lock()
		s.counted[path]++
		s.mu.Unlock()
		r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
		f, ok := s.faults.Take(path)
		if ok && f.Errcode != 0 { // WeChat refuses before it does anything
			refused(f.Errcode).write(w)
			return
		}
		result := do(r)
		switch {
		case ok && f.common().Spoil(w, r):
		case result.silent:
			<-r.Context().Done()
		default:
			result.write(w)
		}
	}
}

// Calls tells how many calls of a path arrived, good or bad. The path has no
// leading slash.
func (s *Server) Calls(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counted[path]
}

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
