package wechattest

import (
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"strings"

	"renzheng/providers/fakes"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText)) //nolint:gochecknoglobals // parsed once, never changed

// page is what the template shows.
type page struct {
	VerifyID string
	OpenID   string // whose phone it is, to begin with
	Done     bool   // the person has acted
	ErrCode  int
	ErrMsg   string
	Refused  string // why there is no check to show
}

// servePage shows what WeChat would show after wx.requestFacialVerify.
func (s *Server) servePage(w http.ResponseWriter, r *http.Request) {
	verifyID := r.URL.Query().Get("verify_id")
	openID, ok := s.ownerOf(verifyID)
	if !ok {
		show(w, http.StatusNotFound, page{Refused: "没有这次核验 no such check"})
		return
	}
	show(w, http.StatusOK, page{VerifyID: verifyID, OpenID: openID})
}

// serveFace takes what the person did, and answers what wx.requestFacialVerify
// would give the mini-program.
func (s *Server) serveFace(w http.ResponseWriter, r *http.Request) {
	verifyID, openID := r.PostFormValue("verify_id"), r.PostFormValue("openid")
	code, text := s.act(verifyID, openID, r.PostFormValue("action"))
	if !strings.Contains(r.Header.Get("Accept"), "application/json") {
		show(w, http.StatusOK, page{VerifyID: verifyID, OpenID: openID, Done: true, ErrCode: code, ErrMsg: text})
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(fields{"errCode": code, "errMsg": "requestFacialVerify:" + text}) //nolint:errchkjson // the client may have left
}

func show(w http.ResponseWriter, status int, p page) { fakes.ShowPage(w, status, pageTemplate, p) }
