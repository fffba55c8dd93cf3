package wechat_test

import (
	"testing"

	"renzheng/providers/wechat"
)

// The number of the vector has a wrong check digit, so it makes no document.
func TestCertHash_isThatOfWeChatsPage(t *testing.T) {
	t.Parallel()
	const want = "3c241f7ff324977aeb91f173bb2a7b06569e6fd784d5573db34a636d8671108b"
	if got := wechat.HashCert("张三", "310101199801011234"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
