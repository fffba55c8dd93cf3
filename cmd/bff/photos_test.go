package main

import (
	"net/http"
	"strings"
	"testing"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// A person agrees to those who get the photos and to nobody else: the notice names the vendors that are set, in the order in which they
// are asked.
func TestPhotos_NoticeNamesTheVendorsThatAreSet(t *testing.T) {
	t.Parallel()
	const tencent, alibaba = "Tencent Cloud Computing (Beijing) Co., Ltd.", "Alibaba Cloud Computing Co., Ltd."
	for recognizers, want := range map[string][]string{
		"tencentcloud": {tencent}, "alibabacloud": {alibaba}, "alibabacloud,tencentcloud": {alibaba, " or " + tencent},
	} {
		t.Run(strings.ReplaceAll(recognizers, ",", " before "), func(t *testing.T) {
			t.Parallel()
			s := newFixture(t, fixtureOptions{settings: harness.Settings{"BFF_PHOTO_RECOGNIZERS": recognizers}})
			p := s.login(t, s.newPerson(people.FaceDiffers))
			p.consent(t, "access")
			about := p.begin(t, p.document())
			p.face(t, about, alipaytest.ActionPass)
			path := p.post(t, "/v1/appeals", members{"failure": "face_differs", "verification_id": about}).is(t, http.StatusCreated).header.Get("Location")
			shown := p.send(t, request{method: http.MethodGet, path: path, header: map[string]string{"Accept-Language": "en"}}).is(t, http.StatusOK).text(t, "reading.notice.parts.recipients")
			for _, vendor := range []string{tencent, alibaba} {
				if named := strings.Contains(shown, vendor); named != strings.Contains(strings.Join(want, ""), vendor) {
					t.Errorf("got %q, want %q", shown, want)
				}
			}
			if !strings.HasPrefix(shown, want[0]) || !strings.Contains(shown, want[len(want)-1]) || strings.Contains(shown, "{") {
				t.Errorf("got %q, want %q", shown, want)
			}
		})
	}
}
