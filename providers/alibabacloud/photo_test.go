package alibabacloud_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/identity/photo"
	"renzheng/providers/alibabacloud"
	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/fakes"
	"renzheng/providers/kit"
	"renzheng/providers/providerstest"
)

var anyJPEG = []byte("\xff\xd8\xff\xe0 a photo")

// recognizerOf starts the simulated service and returns a recognizer that asks it.
func recognizerOf(t *testing.T, key string, fate alibabacloudtest.PhotoFate) *alibabacloud.Recognizer {
	t.Helper()
	fake, err := alibabacloudtest.NewPhoto(alibabacloudtest.Options{AccessKeyID: keyID, AccessKeySecret: keySecret, Clock: time.Now},
		func([]byte) alibabacloudtest.PhotoFate { return fate })
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	return openRecognizer(t, alibabacloud.Config{AccessKeySecret: identity.NewSecret(key), Endpoint: server.URL, Timeout: patience})
}

func openRecognizer(tb testing.TB, c alibabacloud.Config) *alibabacloud.Recognizer {
	tb.Helper()
	c.AccessKeyID, c.Clock = keyID, time.Now
	if c.AccessKeySecret.Reveal() == "" {
		c.AccessKeySecret = identity.NewSecret(keySecret)
	}
	r, err := alibabacloud.NewRecognizer(c)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func TestRecognizer_ReadsBothSides(t *testing.T) {
	t.Parallel()
	front, err := recognizerOf(t, keySecret, alibabacloudtest.PhotoFate{
		Name: "张三", Number: "11010519491231002X", Copy: true, Reshot: true, Incomplete: true, Blurred: true, Tampered: true,
	}).Recognize(t.Context(), photo.Photo{Side: photo.Front, JPEG: anyJPEG})
	want := []photo.Warning{photo.Copy, photo.Reshot, photo.Forged, photo.Incomplete, photo.Blurred}
	if err != nil || front.Name.Reveal() != "张三" || front.Number.Reveal() != "11010519491231002X" || !slices.Equal(front.Warnings, want) || front.RequestID == "" {
		t.Errorf("front: got %v, %v", front, err)
	}
	back, err := recognizerOf(t, keySecret, alibabacloudtest.PhotoFate{Issuer: "北京市公安局朝阳分局", Valid: "2010.07.21-2020.07.21"}).
		Recognize(t.Context(), photo.Photo{Side: photo.Back, JPEG: anyJPEG})
	if err != nil || back.Until.String() != "2020-07-21" || back.Issuer.Reveal() != "北京市公安局朝阳分局" || len(back.Warnings) != 0 {
		t.Errorf("back: got %v, %v", back, err)
	}
}

func TestRecognizer_NamesTheFault(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fate alibabacloudtest.PhotoFate
		want photo.Fault
	}{
		"the other side":     {alibabacloudtest.PhotoFate{Valid: "2010.07.21-长期"}, photo.WrongSide},
		"no side":            {alibabacloudtest.PhotoFate{}, photo.NoDocument},
		"a name alone":       {alibabacloudtest.PhotoFate{Name: "张三"}, photo.Unreadable},
		"another picture":    {alibabacloudtest.PhotoFate{Code: "unmatchedImageType"}, photo.NoDocument},
		"too few pixels":     {alibabacloudtest.PhotoFate{Code: "illegalImageSize", Status: http.StatusRequestedRangeNotSatisfiable}, photo.TooSmall},
		"a broken picture":   {alibabacloudtest.PhotoFate{Code: "illegalImageContent"}, photo.Unreadable},
		"a picture too long": {alibabacloudtest.PhotoFate{Code: "exceededImageContent", Status: http.StatusRequestEntityTooLarge}, photo.Unreadable},
	} {
		got, err := recognizerOf(t, keySecret, c.fate).Recognize(t.Context(), photo.Photo{Side: photo.Front, JPEG: anyJPEG})
		if err != nil || got.Fault != c.want {
			t.Errorf("%s: got %v, %v; want %s", name, got, err, c.want)
		}
	}
}

func TestRecognizer_SaysWhatIsNoReading(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		key    string
		fate   alibabacloudtest.PhotoFate
		health kit.Health
	}{
		"another key":      {"another", alibabacloudtest.PhotoFate{}, kit.Healthy},
		"not allowed":      {keySecret, alibabacloudtest.PhotoFate{Code: "noPermission", Status: http.StatusUnauthorized}, kit.Healthy},
		"busy":             {keySecret, alibabacloudtest.PhotoFate{Code: "Throttling.User"}, kit.Failing},
		"a fault of its":   {keySecret, alibabacloudtest.PhotoFate{Code: "algorithmError", Status: http.StatusServiceUnavailable}, kit.Failing},
		"half an answer":   {keySecret, alibabacloudtest.PhotoFate{Delivery: fakes.Garbled}, kit.Failing},
		"a connection cut": {keySecret, alibabacloudtest.PhotoFate{Delivery: fakes.Cut}, kit.Failing},
		"no scores":        {keySecret, alibabacloudtest.PhotoFate{Name: "张三", Number: "1", WithoutWarning: true}, kit.Failing},
	} {
		_, err := recognizerOf(t, c.key, c.fate).Recognize(t.Context(), photo.Photo{Side: photo.Front, JPEG: anyJPEG})
		called, ok := errors.AsType[*kit.CallError](err)
		if !ok || !errors.Is(err, photo.ErrNotRead) || called.State != c.health || strings.Contains(err.Error(), "张三") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestRecognizer_Conformance(t *testing.T) {
	t.Parallel()
	providerstest.RunRecognizer(t, func(t *testing.T, transport http.RoundTripper) photo.Recognizer {
		t.Helper()
		return openRecognizer(t, alibabacloud.Config{Transport: transport})
	}, func(c providerstest.Card) []string {
		values := fmt.Sprintf(`{\"name\":\"%s\",\"idNumber\":\"%s\",\"issueAuthority\":\"%s\",\"validPeriod\":\"%s\"}`, c.Name, c.Number, c.Issuer, c.Valid)
		sides := func(warning string) string {
			side := `{\"data\":` + values + warning + `}`
			return `{\"data\":{\"face\":` + side + `,\"back\":` + side + `}}`
		}
		return []string{
			fmt.Sprintf(`{"Code":"500","Message":"%s %s","RequestId":"%s"}`, c.Name, c.Number, uuid),
			fmt.Sprintf(`{"Code":%q,"RequestId":%q}`, c.Name, c.Number),
			fmt.Sprintf(`{"Code":%q,"RequestId":%q}`, c.Number, c.Valid),
			fmt.Sprintf(`{"RequestId":"%s","Data":"%s"}`, uuid, sides("")), // without scores
			fmt.Sprintf(`{"RequestId":"%s","Data":"%s"}`, c.Number, sides(`,\"warning\":{\"isCopy\":\"`+c.Name+`\"}`)),
			fmt.Sprintf(`{"Data":"%s"}`, c.Name+" "+c.Valid),
			fmt.Sprintf(`{"Data":%q,"%s":"%s","%s":"%s"}`, c.Name, c.Name, c.Number, c.Name, c.Number), // a member twice
			fmt.Sprintf(`{"Data":"{\"data\":{\"face\":\"%s\",\"back\":\"%s\"}}"}`, c.Name, c.Issuer),
			`{"Data":"{\"data\":{\"face\":{\"data\":` + values,
			fmt.Sprintf(`<html>%s %s %s %s</html>`, c.Name, c.Number, c.Issuer, c.Valid),
		}
	})
}

func TestRecognizer_IsNotAsked(t *testing.T) {
	t.Parallel()
	r := openRecognizer(t, alibabacloud.Config{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		t.Error("it was asked")
		return nil, io.EOF
	})})
	if got := fmt.Sprintf("%v %+v", r, r); strings.Contains(got, keySecret) {
		t.Errorf("got %s", got)
	}
	for _, p := range []photo.Photo{{}, {Side: photo.Front}, {Side: "top", JPEG: anyJPEG}, {Side: photo.Front, JPEG: make([]byte, photo.MaxBytes+1)}} {
		if _, err := r.Recognize(t.Context(), p); !errors.Is(err, photo.ErrNotRead) {
			t.Errorf("got %v", err)
		}
	}
}

// FuzzPhotoAnswer holds that no answer makes a call panic, and that an answer is a whole reading or an error.
func FuzzPhotoAnswer(f *testing.F) {
	const plain = `{"Data":"{\"data\":{\"face\":{\"data\":{\"name\":\"张三\",\"idNumber\":\"1\"},\"warning\":%s}}}"}`
	for _, warning := range []string{
		`{\"isCopy\":0,\"isReshoot\":0,\"completenessScore\":99,\"qualityScore\":90,\"tamperScore\":0}`, `{\"isCopy\":\"0\"}`, `{\"isCopy\":1e999}`, `null`, `{}`,
	} {
		f.Add(http.StatusOK, fmt.Appendf(nil, plain, warning))
	}
	f.Add(http.StatusBadRequest, []byte(`{"Code":"unmatchedImageType"}`))
	f.Add(http.StatusBadGateway, []byte(`null`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		r := openRecognizer(t, alibabacloud.Config{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body))}, nil
		})})
		for _, side := range []photo.Side{photo.Front, photo.Back} {
			got, err := r.Recognize(t.Context(), photo.Photo{Side: side, JPEG: anyJPEG})
			switch {
			case err != nil && (!errors.Is(err, photo.ErrNotRead) || got.Side != ""):
				t.Fatalf("got %v and %v", got, err)
			case err == nil && got.Side != side, err == nil && got.Fault == "" && status != http.StatusOK:
				t.Fatalf("a reading %v on status %d", got, status)
			case err == nil && got.Fault == "" && side == photo.Front && (got.Name.Reveal() == "" || got.Number.Reveal() == ""):
				t.Fatalf("an empty reading of %q", body)
			}
		}
	})
}
