package wechattest

import (
	"net/http"
	"strings"
)

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
