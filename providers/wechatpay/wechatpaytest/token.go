package wechatpaytest

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
)

// token answers CallToken. A new token of a user ends the earlier one.
func (s *Server) token(r *http.Request, fault Fault) []byte {
	query, data := r.URL.Query(), map[string]string{}
	for name, values := range query {
		if len(values) != 1 {
			return refusedToken("132819001", "PARAM_ERROR")
		}
		data[name] = values[0]
	}
	switch {
	case len(data) != 8 || !s.has(data, map[string]string{"scope": "pay_identity", "grant_type": "authorization_code"}):
		return refusedToken("132819001", "PARAM_ERROR")
	case !genuine(data, s.options.Key):
		return refusedToken("132819003", "SIGN_ERROR")
	case fault.Code != "":
		return refusedToken(fault.Code, "simulated")
	}
	return s.exchange(data)
}

// has reports whether parameters name the merchant, its application and the type of signature, and have others too.
func (s *Server) has(parameters, others map[string]string) bool {
	for name, value := range others {
		if parameters[name] != value {
			return false
		}
	}
	return parameters["mch_id"] == s.options.MchID && parameters["appid"] == s.options.AppID && parameters["sign_type"] == signType
}

// exchange returns a token for a code.
func (s *Server) exchange(data map[string]string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	code, ok := s.codes[data["code"]]
	now := s.options.Clock()
	if !ok || code.used || code.openID != data["openid"] || now.Sub(code.issuedAt) >= codeLife {
		return refusedToken("132819002", "CODE_NOT_FOUND")
	}
	code.used = true
	for token, earlier := range s.tokens {
		if earlier.openID == code.openID {
			delete(s.tokens, token)
		}
	}
	token := rand.Text() + "_-=="
	s.tokens[token] = grant{openID: code.openID, issuedAt: now}
	return encode(map[string]any{
		"retcode": 0, "retmsg": "ok", "access_token": token, "access_token_expire_in": 7200,
		"refresh_token": rand.Text(), "refresh_token_expire_in": 2592000,
	})
}

func refusedToken(code, message string) []byte {
	return encode(map[string]any{"retcode": code, "retmsg": message})
}

func encode(value map[string]any) []byte {
	content, err := json.Marshal(value)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return content
}
