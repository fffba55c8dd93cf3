package main

import (
	"testing"

	"renzheng/test/harness"
)

func TestParse_WhatIsWrongWithTheWebIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	_, err := settingsOf(t, worldly(t).With(harness.Settings{
		"BFF_WEB_ADDRESS": "https://check.example.cn/app", "BFF_WEB_AUTHORIZE": "http://openauth.example.cn/page", "BFF_WEB_FOLDER": t.TempDir(),
	}))
	lacks(t, err, "BFF_WEB_ADDRESS: must be an origin", "BFF_WEB_AUTHORIZE: must be an https address", "BFF_WEB_FOLDER: holds no index.html")
	_, err = settingsOf(t, worldly(t).With(harness.Settings{"BFF_WEB_ADDRESS": "http://check.example.cn"}))
	lacks(t, err, "BFF_WEB_ADDRESS: must be an https address")
}
