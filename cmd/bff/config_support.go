package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"renzheng/providers/wechat"
	"renzheng/setting"
	"renzheng/sql/store"
	"renzheng/support"
	"renzheng/verification/failure"
)

// SupportConfig is what people see of technical support.
type SupportConfig struct {
	Name      string `help:"Name of the service account, as people see it in WeChat." default:"你呼我应" env:"BFF_SUPPORT_NAME"`
	QRPicture string `help:"Picture (PNG or JPEG) of the service account's permanent QR code; for everybody, and where a temporary one cannot be had." type:"path" env:"BFF_SUPPORT_QR_PICTURE"`
	Window    string `help:"Where and when the service window helps, up to 500 characters; a general text where empty." env:"BFF_SUPPORT_WINDOW"`
	FAQ       string `help:"JSON file of frequent questions; the built-in ones where empty." type:"path" env:"BFF_SUPPORT_FAQ"`
}

// ServiceAccountConfig reaches WeChat as the service account of technical
// support. Untouched, there is none (docs/support.md).
type ServiceAccountConfig struct {
	AppID          string        `help:"Application id of the service account. With none of this group set, there is none." env:"BFF_SUPPORT_APP_ID"`
	AppSecret      Secret        `help:"The service account's secret." env:"BFF_SUPPORT_APP_SECRET"`
	PushToken      Secret        `help:"Token of the server push, as set in WeChat's console." env:"BFF_SUPPORT_PUSH_TOKEN"`
	EncodingAESKey Secret        `help:"EncodingAESKey of the server push; the console must be set to the safe mode." env:"BFF_SUPPORT_ENCODING_AES_KEY"`
	API            string        `help:"Address of WeChat's calls." default:"https://api.weixin.qq.com" env:"BFF_SUPPORT_API"`
	Proxy          string        `help:"Proxy on the way there; the environment's is not used." env:"BFF_SUPPORT_PROXY"`
	Timeout        time.Duration `help:"Longest wait for one answer." default:"8s" env:"BFF_SUPPORT_TIMEOUT"`
}

// adapter gives the adapter its part; tokens, leases and nonces are rows, so
// that all replicas share them.
func (c ServiceAccountConfig) adapter(db *store.Store) wechat.ServiceConfig {
	return wechat.ServiceConfig{
		App: wechat.App{
			AppID: c.AppID, AppSecret: c.AppSecret.Secret, API: c.API, Proxy: c.Proxy, Timeout: c.Timeout,
			Tokens: wechatTokens{db}, Leases: db, Clock: time.Now,
		},
		PushToken: c.PushToken.Secret, EncodingAESKey: c.EncodingAESKey.Secret,
		Nonces: db, IsReplay: isReplay,
	}
}

// longestWindow bounds the text on the service window, in characters.
const longestWindow = 500

// supportProblems names all that is wrong with what people see of support.
func (c *Config) supportProblems() []error {
	_, picture := c.Support.picture()
	_, faq := c.Support.faq()
	problems := []error{named("BFF_SUPPORT_QR_PICTURE", picture), named("BFF_SUPPORT_FAQ", faq)}
	if len([]rune(c.Support.Window)) > longestWindow {
		problems = append(problems, setting.Errorf("BFF_SUPPORT_WINDOW", "must have at most %d characters", longestWindow))
	}
	return problems
}

// picture reads the fixed QR code, nil where there is none.
func (c SupportConfig) picture() ([]byte, error) {
	if c.QRPicture == "" {
		return nil, nil
	}
	file, err := os.ReadFile(c.QRPicture)
	if err != nil {
		return nil, fmt.Errorf("reading the picture: %w", err)
	}
	return file, support.CheckPicture(file)
}

// faq reads the questions: whatever may fail must have an answer.
func (c SupportConfig) faq() (*support.FAQ, error) {
	faq, err := loadOr(c.FAQ, support.LoadFAQ, support.DefaultFAQ)
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, entry := range failure.Catalogue() {
		codes = append(codes, string(entry.Code))
	}
	if missing := faq.Unanswered(codes); len(missing) > 0 {
		return nil, errors.New("no answer for the failures " + strings.Join(missing, ", "))
	}
	return faq, nil
}
