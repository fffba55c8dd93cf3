package harness

import "net/http"

// handler serves the third parties, their pages and the controls of the journey:
//
//	GET  /                              the index page
//	POST /                              Tencent Cloud or Alibaba Cloud, by the way it is signed
//	     /gateway.do, /sandbox/face, /sandbox/code, /sandbox/accept   Alipay
//	GET  /sandbox/sms                   the messages that a phone got: phone
//	GET  /sandbox/messages              how many messages Alipay delivered to an open_id, and what the last one opens
//	     /oauth2/publicAppAuthorize.htm              Alipay's sign-in on the web: choose who you are
//	     /sns/, /cgi-bin/, /wxa/, /cityservice/      WeChat
//	     /wechat/sandbox/               its page and its phone: face, code, phone-code, accept
//	     /appauth/, /secsvc/            WeChat Pay
//	POST /wechatpay/sandbox/consent     what its mini-program returns to a person who agrees: the client's extraData
//	GET  /wechat/sandbox/messages       how many messages WeChat delivered to an openid, and what the last one opens
//	POST /wechat/sandbox/revoke         ends its access token
//	     /v1/, /face/                   the authority's gateway and its face page
//	     /registry/                     the registry's page and its call-back
//	PUT  /sandbox/cases/{case_id}       the registry pushes a case
//	GET  /sandbox/cases/{case_id}       what the registry was told of it
//	POST /sandbox/cases/{case_id}/signers/{signer_id}/invitation the registry invites a signer
//	POST /sandbox/people/{open_id}/case the registry pushes a sample case of a person
//	GET  /sandbox/clock                 the time of rules and sample persons; POST with by=+8d moves it
//	     /idp/                          the authority's identity provider: choose which member you are
//	POST /sandbox/ide                   whose the codes are that a developer's tool made: open_id
//	GET  /sandbox/photo                 a sample photo of a resident ID: open_id, side and finding
//	POST /sandbox/support               a person scans, subscribes, chooses or writes at the service account
func (s *Sandbox) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{$}", s.serveSource)
	mux.HandleFunc("GET /{$}", s.serveIndex)
	alipay := s.Alipay.Handler()
	mux.Handle("/gateway.do", alipay)
	mux.Handle("/sandbox/face", alipay)
	mux.Handle("/sandbox/code", alipay)
	mux.Handle("/sandbox/accept", alipay)
	mux.HandleFunc("GET /sandbox/messages", s.serveAlipayMessages)
	mux.HandleFunc("GET /sandbox/sms", s.serveInbox)
	mux.HandleFunc("GET "+authorizePath, s.serveAuthorize)
	mux.HandleFunc("POST "+authorizePath, s.serveAuthorized)
	wechat := s.WeChat.Handler()
	for _, path := range []string{"/sns/", "/cgi-bin/", "/wxa/", "/cityservice/"} {
		mux.Handle(path, wechat)
	}
	mux.Handle(wechatPath+"/", http.StripPrefix(wechatPath, wechat))
	mux.HandleFunc("POST "+wechatPath+"/sandbox/revoke", s.serveRevoke)
	mux.HandleFunc("GET "+wechatPath+"/sandbox/messages", s.serveWeChatMessages)
	pay := s.Pay.Handler()
	mux.Handle("/appauth/", pay)
	mux.Handle("/secsvc/", pay)
	mux.Handle("/wechatpay/", http.StripPrefix("/wechatpay", pay))
	for _, path := range []string{"/v1/", "/face/"} {
		mux.Handle(path, s.Agency)
	}
	mux.Handle(registryPath+"/", http.StripPrefix(registryPath, s.Registry))
	mux.HandleFunc("PUT /sandbox/cases/{case_id}", s.servePush)
	mux.HandleFunc("GET /sandbox/cases/{case_id}", s.serveReport)
	mux.HandleFunc("POST /sandbox/cases/{case_id}/signers/{signer_id}/invitation", s.serveInvitation)
	mux.HandleFunc("POST /sandbox/people/{open_id}/case", s.serveSampleCase)
	mux.HandleFunc("POST /sandbox/support", s.serveSupport)
	mux.HandleFunc("GET /sandbox/photo", s.servePhoto)
	mux.HandleFunc("/sandbox/clock", s.serveClock)
	mux.HandleFunc("POST /sandbox/ide", s.serveIDE)
	s.serveIdentity(mux)
	return http.NewCrossOriginProtection().Handler(mux)
}

const wechatPath = "/wechat" // its pages' names are Alipay's too
