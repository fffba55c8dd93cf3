package alibabacloud_test

import (
	"net/http"
	"testing"
	"time"

	"renzheng/providers/alibabacloud"
)

// The vendor's example with fixed parameters.
// Source: https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
func TestSign_TheVendorsVector(t *testing.T) {
	t.Parallel()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost,
		"https://ecs.cn-shanghai.aliyuncs.com/?RegionId=cn-shanghai&ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Acs-Action", "RunInstances")
	r.Header.Set("X-Acs-Version", "2014-05-26")
	alibabacloud.Sign(r, "YourAccessKeyId", "YourAccessKeySecret", "3156853299f313e23d1673dc12e1703d",
		time.Date(2023, 10, 26, 18, 22, 32, 0, time.FixedZone("CST", 8*3600)))
	const want = "ACS3-HMAC-SHA256 Credential=YourAccessKeyId," +
		"SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version," +
		"Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
	if got := r.Header.Get("Authorization"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
