package wechatpaytest

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
)

// Consent is what a person does who agrees in WeChat Pay's mini-program. It returns a
// code, or "" with what is wrong with the data that the client brought.
func (s *Server) Consent(data map[string]string) (code, problem string) {
	complete := s.has(data, map[string]string{"api_version": "1.0", "scope": "pay_identity", "response_type": "code"})
	if len(data) != 9 || !complete || !nonceFits(data["nonce_str"]) || data["openid"] == "" {
		return "", "参数错误"
	}
	if !genuine(data, s.options.Key) {
		return "", "商户签名验证失败"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.options.Owners(data["openid"]); !ok {
		return "", "网络异常，请重试"
	}
	code = rand.Text()
	s.codes[code] = &grant{openID: data["openid"], issuedAt: s.options.Clock()}
	return code, ""
}

func nonceFits(nonce string) bool { return nonce != "" && len(nonce) <= 32 }

func (s *Server) serveConsent(w http.ResponseWriter, r *http.Request) {
	var data map[string]string
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&data); err != nil {
		http.Error(w, "extraData must be an object of texts", http.StatusBadRequest)
		return
	}
	code, problem := s.Consent(data)
	answer := map[string]string{"auth_code": code}
	if problem != "" {
		answer = map[string]string{"retcode": "参数错误", "retmsg": problem}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) //nolint:errchkjson // the client may have left
}
