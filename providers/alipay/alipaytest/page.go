package alipaytest

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
	CertifyID string
	OpenID    string // whose phone it is, to begin with
	Result    string // "" = the face has not been shown
	ErrorCode string
	ReturnURL string // where a browser goes on
	Refused   string // why there is no check to show
}

// servePage shows the face page to anyone who opens the signed link.
func (g *Gateway) servePage(w http.ResponseWriter, r *http.Request) {
	p := r.URL.Query()
	if refused := g.check(p); refused.node != "" || p.Get("method") != methodCertify {
		show(w, http.StatusForbidden, page{Refused: "the link is not signed as it should be 链接签名无效"})
		return
	}
	var request certifyRequest
	if !business(p, &request) || !g.open(request.CertifyID) {
		show(w, http.StatusNotFound, page{Refused: "no such check 没有这次核验"})
		return
	}
	show(w, http.StatusOK, page{CertifyID: request.CertifyID, OpenID: g.ownerOf(request.CertifyID)})
}

// serveFace takes what the person did, and answers what my.startAPVerify would
// give the mini-program.
func (g *Gateway) serveFace(w http.ResponseWriter, r *http.Request) {
	certifyID, openID := r.PostFormValue("certify_id"), r.PostFormValue("open_id")
	result, errorCode := g.act(certifyID, openID, r.PostFormValue("action"))
	if !strings.Contains(r.Header.Get("Accept"), "application/json") {
		show(w, http.StatusOK, page{
			CertifyID: certifyID, OpenID: openID, Result: result, ErrorCode: errorCode, ReturnURL: g.returnURLOf(certifyID),
		})
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(fields{ //nolint:errchkjson // the client may have left
		"resultStatus": result,
		"result":       map[string]string{"certifyId": certifyID, "errorCode": errorCode},
	})
}

func show(w http.ResponseWriter, status int, p page) { fakes.ShowPage(w, status, pageTemplate, p) }
