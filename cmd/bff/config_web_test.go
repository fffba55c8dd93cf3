package main

import (
	"strings"
	"testing"

	"renzheng/test/harness"
)

func TestParse_WhatIsWrongWithTheWebIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	_, err := settingsOf(t, validSettings(t).With(harness.Settings{
		"BFF_WEB_ADDRESS": "https://check.example.cn/app", "BFF_WEB_AUTHORIZE": "http://openauth.example.cn/page", "BFF_WEB_FOLDER": t.TempDir(),
	}))
	wantError(t, err, "BFF_WEB_ADDRESS: must be an origin", "BFF_WEB_AUTHORIZE: must be an https address", "BFF_WEB_FOLDER: must hold an index.html")
	_, err = settingsOf(t, validSettings(t).With(harness.Settings{"BFF_WEB_ADDRESS": "http://check.example.cn"}))
	wantError(t, err, "BFF_WEB_ADDRESS: must be an https address")
}

// Every variable that a package's problem may name is found by its field.
func TestParse_NamesTheVariableOfAFieldWithAnotherName(t *testing.T) {
	t.Parallel()
	_, err := settingsOf(t, validSettings(t).With(harness.Settings{
		"BFF_ALIPAY_PUBLIC_KEY": "?", "BFF_WECHAT_TEMPLATE_PAGE": "/pages", "BFF_ALIPAY_TEMPLATE_REGISTRY": "", "BFF_ALIPAY_TEMPLATE_PAGE": "",
		"BFF_LIMITS_FACE_STARTS": "1", "BFF_RESILIENCE_OPEN_FOR": "0s",
	}))
	wantError(t, err, "BFF_ALIPAY_PUBLIC_KEY: must", "BFF_WECHAT_TEMPLATE_PAGE: must", "BFF_ALIPAY_TEMPLATE_REGISTRY: must", "BFF_ALIPAY_TEMPLATE_PAGE: must",
		"BFF_LIMITS_FACE_STARTS: must not be below", "BFF_RESILIENCE_OPEN_FOR: must")
	if strings.Contains(err.Error(), "…") {
		t.Errorf("a problem names a group only: %v", err)
	}
}
