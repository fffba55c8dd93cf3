package wechattest

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"regexp"
	"time"

	"renzheng/providers/fakes"
)

const checkLife = time.Hour

var orderShape = regexp.MustCompile(`^[0-9A-Za-z_-]{5,32}$`)

// check is one face check.
type check struct {
	id, appID string
	request   verifyIDRequest
	createdAt time.Time
	finished  bool // a face was judged
	ret       int  // 0 until the check ended
	silent    int  // queries that still get no answer
	noPicture bool
}

type verifyIDRequest struct {
	OutSeqNo string `json:"out_seq_no"`
	OpenID   string `json:"openid"`
	CertInfo struct {
		CertType string `json:"cert_type"`
		CertName string `json:"cert_name"`
		CertNo   string `json:"cert_no"`
	} `json:"cert_info"`
}

func (s *Server) verifyID(appID string, r *http.Request) answer {
	var request verifyIDRequest
	if !read(r, &request) {
		return refused(47001)
	}
	who := request.CertInfo
	if !orderShape.MatchString(request.OutSeqNo) || who.CertType != "IDENTITY_CARD" || who.CertName == "" || len(who.CertNo) != 18 {
		return refused(40097)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if person, ok := s.options.Persons(request.OpenID); !ok || person.AppID != appID {
		return refused(40003)
	}
	order := appID + "\x00" + request.OutSeqNo
	if s.orders[order] {
		return refused(40097)
	}
	s.orders[order] = true
	c := &check{id: "verify-" + randomID(), appID: appID, request: request, createdAt: s.options.Clock()}
	s.checks[c.id] = c
	return success(fields{"verify_id": c.id, "expires_in": int(checkLife.Seconds())})
}

type verifyInfoRequest struct {
	VerifyID string `json:"verify_id"`
	OutSeqNo string `json:"out_seq_no"`
	OpenID   string `json:"openid"`
	CertHash string `json:"cert_hash"`
}

// asked finds the check of a query. Who asks must name all that it is bound to.
func (s *Server) asked(appID string, r *http.Request) (*check, int) {
	var request verifyInfoRequest
	if !read(r, &request) {
		return nil, 47001
	}
	c, ok := s.checks[request.VerifyID]
	switch {
	case !ok || c.appID != appID:
		return nil, 84001
	case c.request.OutSeqNo != request.OutSeqNo, c.request.OpenID != request.OpenID, c.hash() != request.CertHash:
		return nil, 84003
	}
	return c, 0
}

func (s *Server) verifyInfo(appID string, r *http.Request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, code := s.asked(appID, r)
	switch {
	case code != 0:
		return refused(code)
	case c.ret == 0:
		return success(fields{})
	case c.silent > 0:
		c.silent--
		return answer{object: fields{}, silent: true}
	}
	return success(fields{"verify_ret": c.ret})
}

func (s *Server) faceImage(appID string, r *http.Request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, code := s.asked(appID, r)
	switch {
	case code != 0:
		return refused(code)
	case c.ret != retPassed || c.noPicture:
		return refused(84004)
	}
	return answer{picture: fakes.Portrait(c.request.CertInfo.CertName, c.request.CertInfo.CertNo)}
}

func (c *check) hash() string {
	encode := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	who := c.request.CertInfo
	sum := sha256.Sum256([]byte("cert_type=" + encode(who.CertType) + "&cert_name=" + encode(who.CertName) +
		"&cert_no=" + encode(who.CertNo)))
	return hex.EncodeToString(sum[:])
}
