package wechat_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"renzheng/providers/wechat/wechattest"
)

// signedQuery is the address of an envelope that WeChat signed.
func signedQuery(o *supportFixture, envelope string) url.Values {
	timestamp, nonce := strconv.FormatInt(o.clock().Unix(), 10), wechattest.Sign(envelope)
	return url.Values{
		"timestamp": {timestamp}, "nonce": {nonce}, "signature": {wechattest.Sign(pushToken, timestamp, nonce)},
		"encrypt_type": {"aes"}, "msg_signature": {wechattest.Sign(pushToken, timestamp, nonce, envelope)},
	}
}

// aesKeyBytes returns the key of the service account's envelopes.
func aesKeyBytes(t *testing.T) []byte {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(aesKey + "=")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func bodyOf(envelope string) io.Reader {
	return strings.NewReader("<xml><Encrypt><![CDATA[" + envelope + "]]></Encrypt></xml>")
}

func wantMasked(t *testing.T, value any, secrets ...string) {
	t.Helper()
	encoded, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	shown := fmt.Sprintf("%v %+v %s", value, value, encoded)
	for _, secret := range secrets {
		if strings.Contains(shown, secret) {
			t.Errorf("%q is in %s", secret, shown)
		}
	}
}
