package journey

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"renzheng/providers/agency/agencytest"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/wechat/wechattest"
	"renzheng/test/people"
)

// loginCode returns what my.getAuthCode or wx.login returns to the mini-program.
func (s *sandbox) loginCode(ctx context.Context, channel people.Channel, openID string) (string, error) {
	if channel == people.Alipay {
		return s.alipayCode(ctx, openID, alipaytest.ScopeBase)
	}
	var got struct {
		Code string `json:"code"`
	}
	err := s.form(ctx, "/wechat/sandbox/code", url.Values{"openid": {openID}}, &got)
	return got.Code, err
}

// identityCode returns a code of the scope for name and number if the channel has
// one, otherwise a login code, as the mini-program uses it.
func (s *sandbox) identityCode(ctx context.Context, channel people.Channel, openID string) (string, error) {
	if channel == people.Alipay {
		return s.alipayCode(ctx, openID, alipaytest.ScopeUser)
	}
	return s.loginCode(ctx, channel, openID)
}

func (s *sandbox) alipayCode(ctx context.Context, openID, scope string) (string, error) {
	var got struct {
		AuthCode string `json:"auth_code"`
	}
	err := s.form(ctx, "/sandbox/code", url.Values{"open_id": {openID}, "scope": {scope}}, &got)
	return got.AuthCode, err
}

// payCode agrees in WeChat Pay's mini-program and returns the code that it hands back.
func (s *sandbox) payCode(ctx context.Context, call OwnerCall) (string, error) {
	var got struct {
		AuthCode string `json:"auth_code"`
		Message  string `json:"retmsg"`
	}
	err := s.do(ctx, request{method: http.MethodPost, path: "/wechatpay/sandbox/consent", body: call.ExtraData}, &got)
	if err == nil && got.AuthCode == "" {
		err = errors.New("WeChat Pay rejects the data: " + got.Message)
	}
	return got.AuthCode, err
}

// endWeChatToken ends the server's access token of WeChat.
func (s *sandbox) endWeChatToken(ctx context.Context) error {
	return s.form(ctx, "/wechat/sandbox/revoke", url.Values{}, nil)
}

// What a person does in front of the camera.
const (
	ownFace   = "own face"
	otherFace = "other face"
	leave     = "leave"
)

// What the third party returns to the mini-program. It decides nothing.
const (
	done      = "done"
	notPassed = "not passed"
	cancelled = "cancelled"
	silence   = "" // a page returns nothing to the mini-program
)

// showFace acts on a phone in front of the camera that a call opens, and returns what
// the third party returns to the mini-program.
func (s *sandbox) showFace(ctx context.Context, call FaceCall, openID, action string) (string, error) {
	switch call.Kind {
	case "my.startAPVerify":
		return s.showAlipay(ctx, call, openID, action)
	case "wx.requestFacialVerify":
		return s.showWeChat(ctx, call, openID, action)
	case "page":
		return s.showPage(ctx, call, openID, action)
	}
	return "", errors.New("the call is none that a client knows")
}

func (s *sandbox) showAlipay(ctx context.Context, call FaceCall, openID, action string) (string, error) {
	if err := s.open(ctx, call.URL); err != nil {
		return "", err
	}
	var got struct {
		ResultStatus string `json:"resultStatus"`
		Result       struct {
			CertifyID string `json:"certifyId"`
			ErrorCode string `json:"errorCode"`
		} `json:"result"`
	}
	button := map[string]string{ownFace: alipaytest.ActionPass, otherFace: alipaytest.ActionFail, leave: alipaytest.ActionCancel}[action]
	err := s.form(ctx, "/sandbox/face",
		url.Values{"certify_id": {call.CertifyID}, "open_id": {openID}, "action": {button}}, &got)
	told := map[string]string{
		alipaytest.ResultDone: done, alipaytest.ResultFailed: notPassed, alipaytest.ResultCancelled: cancelled,
	}[got.ResultStatus]
	return told, err
}

func (s *sandbox) showWeChat(ctx context.Context, call FaceCall, openID, action string) (string, error) {
	var got struct {
		ErrCode int    `json:"errCode"`
		ErrMsg  string `json:"errMsg"`
	}
	button := map[string]string{ownFace: wechattest.ActionPass, otherFace: wechattest.ActionFail, leave: wechattest.ActionCancel}[action]
	err := s.form(ctx, "/wechat/sandbox/face",
		url.Values{"verify_id": {call.CertifyID}, "openid": {openID}, "action": {button}}, &got)
	switch {
	case err != nil:
		return "", err
	case got.ErrCode == 0:
		return done, nil
	case action == leave:
		return cancelled, nil
	}
	return notPassed, nil
}

// accountOfPage is the account that a page fills in, as it does in the browser in which the check was begun.
const accountOfPage = ""

var accountField = regexp.MustCompile(`name="account" value="([^"]+)"`)

// showPage acts on the page of an authority's gateway.
func (s *sandbox) showPage(ctx context.Context, call FaceCall, openID, action string) (string, error) {
	text, err := s.openPage(ctx, call.URL)
	if err != nil {
		return "", err
	}
	if openID == accountOfPage {
		found := accountField.FindStringSubmatch(text)
		if found == nil {
			return "", errors.New("the page fills in no account")
		}
		openID = found[1]
	}
	button := map[string]agencytest.Action{ownFace: agencytest.Show, otherFace: agencytest.Other, leave: agencytest.Leave}[action]
	err = s.form(ctx, strings.TrimPrefix(call.URL, s.base), url.Values{"account": {openID}, "action": {string(button)}}, nil)
	var rejected *rejectedError
	if errors.As(err, &rejected) && rejected.status == http.StatusForbidden {
		return notPassed, nil // another account's phone
	}
	return silence, err
}

// open opens a link to the third parties.
func (s *sandbox) open(ctx context.Context, link string) error {
	_, err := s.openPage(ctx, link)
	return err
}

// openPage opens a link to the third parties and returns the page.
func (s *sandbox) openPage(ctx context.Context, link string) (string, error) {
	path, ours := strings.CutPrefix(link, s.base)
	if !ours || !strings.HasPrefix(path, "/") {
		return "", errors.New("the link of the face check does not lead to the third party")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, link, http.NoBody)
	if err != nil {
		return "", fmt.Errorf("making a request to the sandbox: %w", err)
	}
	content, err := s.read(req)
	return string(content), err
}
