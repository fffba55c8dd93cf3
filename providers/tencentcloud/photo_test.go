package tencentcloud_test

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
	"renzheng/providers/fakes"
	"renzheng/providers/kit"
	"renzheng/providers/providerstest"
	"renzheng/providers/tencentcloud"
	"renzheng/providers/tencentcloud/tencentcloudtest"
)

var anyJPEG = []byte("\xff\xd8\xff\xe0 a photo")

// recognizerOf starts the simulated service and returns a recognizer that asks it.
func recognizerOf(t *testing.T, key string, fate tencentcloudtest.PhotoFate) *tencentcloud.Recognizer {
	t.Helper()
	fake, err := tencentcloudtest.NewPhoto(tencentcloudtest.Options{SecretID: secretID, SecretKey: secretKey, Clock: time.Now},
		func(tencentcloudtest.Photo) tencentcloudtest.PhotoFate { return fate })
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	scheme, endpoint, _ := strings.Cut(server.URL, "://")
	return openRecognizer(t, tencentcloud.Config{SecretKey: identity.NewSecret(key), Endpoint: endpoint, Scheme: scheme, Timeout: patience})
}

func openRecognizer(tb testing.TB, c tencentcloud.Config) *tencentcloud.Recognizer {
	tb.Helper()
	if c.SecretID = secretID; c.SecretKey.Reveal() == "" {
		c.SecretKey = identity.NewSecret(secretKey)
	}
	r, err := tencentcloud.NewRecognizer(c)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func TestRecognizer_ReadsBothSides(t *testing.T) {
	t.Parallel()
	fate := tencentcloudtest.PhotoFate{
		Name: "张三", Number: "11010519491231002X", Issuer: "北京市公安局朝阳分局", Valid: "2010.07.21-长期", Quality: 40,
		Warnings: []int{-9100, -9101, -9102, -9103, -9104, -9105, -9106, -9107, -9108, -9999},
	}
	r := recognizerOf(t, secretKey, fate)
	front, err := r.Recognize(t.Context(), photo.Photo{Side: photo.Front, JPEG: anyJPEG})
	if err != nil || front.Fault != "" || front.Name.Reveal() != "张三" || front.Number.Reveal() != "11010519491231002X" || front.RequestID == "" {
		t.Errorf("front: got %v, %v", front, err)
	}
	all := slices.DeleteFunc(photo.Warnings(), func(w photo.Warning) bool { return w == photo.Expired }) // which the rule finds
	if !slices.Equal(front.Warnings, all) {
		t.Errorf("got %v, want %v", front.Warnings, all)
	}
	back, err := r.Recognize(t.Context(), photo.Photo{Side: photo.Back, JPEG: anyJPEG})
	if err != nil || !back.LongTerm || back.From.String() != "2010-07-21" || back.Issuer.Reveal() != "北京市公安局朝阳分局" || back.Name.Reveal() != "" {
		t.Errorf("back: got %v, %v", back, err)
	}
}

func TestRecognizer_NamesTheFault(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]photo.Fault{
		"FailedOperation.ImageNoIdCard": photo.NoDocument, "FailedOperation.CardSideError": photo.WrongSide, "FailedOperation.IdCardTooSmall": photo.TooSmall,
		"FailedOperation.ImageBlur": photo.TooBlurred, "FailedOperation.MultiCardError": photo.SeveralCards, "FailedOperation.IdCardInfoIllegal": photo.Unreadable,
		"": photo.Unreadable, // nothing was found
	} {
		got, err := recognizerOf(t, secretKey, tencentcloudtest.PhotoFate{Code: code}).Recognize(t.Context(), photo.Photo{Side: photo.Front, JPEG: anyJPEG})
		if err != nil || got.Fault != want {
			t.Errorf("%s: got %v, %v; want %s", code, got, err, want)
		}
	}
}

func TestRecognizer_SaysWhatIsNoReading(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		key    string
		fate   tencentcloudtest.PhotoFate
		health kit.Health
	}{
		"another key":           {"another", tencentcloudtest.PhotoFate{}, kit.Healthy},
		"busy":                  {secretKey, tencentcloudtest.PhotoFate{Code: "RequestLimitExceeded"}, kit.Failing},
		"recognition timed out": {secretKey, tencentcloudtest.PhotoFate{Code: "FailedOperation.EngineRecognizeTimeout"}, kit.Failing},
		"not paid":              {secretKey, tencentcloudtest.PhotoFate{Code: "ResourcesSoldOut.ChargeStatusException"}, kit.Healthy},
		"half an answer":        {secretKey, tencentcloudtest.PhotoFate{Delivery: fakes.Garbled}, kit.Failing},
		"a connection cut":      {secretKey, tencentcloudtest.PhotoFate{Delivery: fakes.Cut}, kit.Failing},
		"no warnings":           {secretKey, tencentcloudtest.PhotoFate{Name: "张三", Number: "1", WithoutAdvanced: true}, kit.Failing},
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
		return openRecognizer(t, tencentcloud.Config{Transport: transport})
	}, func(c providerstest.Card) []string {
		values := fmt.Sprintf(`"Name":%q,"IdNum":%q,"Authority":%q,"ValidDate":%q`, c.Name, c.Number, c.Issuer, c.Valid)
		return []string{
			fmt.Sprintf(`{"Response":{%s,"Error":{"Code":"InvalidParameter","Message":"%s %s"},"RequestId":"%s"}}`, values, c.Name, c.Number, uuid),
			fmt.Sprintf(`{"Response":{"Error":{"Code":%q,"Message":""},"RequestId":%q}}`, c.Name, c.Number),
			fmt.Sprintf(`{"Response":{"Error":{"Code":%q,"Message":""},"RequestId":%q}}`, c.Number, c.Valid),
			fmt.Sprintf(`{"Response":{%s}}`, values), // without warnings
			fmt.Sprintf(`{"Response":{%s,"AdvancedInfo":"%s %s"}}`, values, c.Name, c.Valid),
			fmt.Sprintf(`{"Response":{%s,"AdvancedInfo":"{"WarnInfos":["%s"]}"}}`, values, c.Number),
			fmt.Sprintf(`{"Response":{%s,"%s":"%s","AdvancedInfo":"{}","Name":"%s"}}`, values, c.Name, c.Number, c.Name), // a name twice
			fmt.Sprintf(`{"Response":"%s"}`, c.Name),
			`{"Response":{` + values,
			fmt.Sprintf(`<html>%s %s %s %s</html>`, c.Name, c.Number, c.Issuer, c.Valid),
		}
	})
}

func TestRecognizer_IsNotAsked(t *testing.T) {
	t.Parallel()
	r := openRecognizer(t, tencentcloud.Config{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		t.Error("it was asked")
		return nil, io.EOF
	})})
	for _, p := range []photo.Photo{{}, {Side: photo.Front}, {Side: "top", JPEG: anyJPEG}, {Side: photo.Front, JPEG: make([]byte, photo.MaxBytes+1)}} {
		if _, err := r.Recognize(t.Context(), p); !errors.Is(err, photo.ErrNotRead) {
			t.Errorf("got %v", err)
		}
	}
}

// FuzzPhotoAnswer holds that no answer makes a call panic, that an answer is a reading or an error, and that a text of the vendor
// never reaches an error.
func FuzzPhotoAnswer(f *testing.F) {
	const plain = `{"Response":{"Name":"张三","IdNum":"11010519491231002X","AdvancedInfo":"%s","ValidDate":"2010.07.21-2020.07.21"}}`
	for _, advanced := range []string{`{}`, `{\"WarnInfos\":[-9102]}`, `{\"WarnInfos\":-9102}`, `{\"Quality\":1e999}`, `{\"Quality\":\"1\"}`, ``, `null`} {
		f.Add(http.StatusOK, fmt.Appendf(nil, plain, advanced))
	}
	f.Add(http.StatusOK, []byte(`{"Response":{"Error":{"Code":"FailedOperation.ImageBlur"}}}`))
	f.Add(http.StatusBadGateway, []byte(`null`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		r := openRecognizer(t, tencentcloud.Config{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body))}, nil
		})})
		for _, side := range []photo.Side{photo.Front, photo.Back} {
			got, err := r.Recognize(t.Context(), photo.Photo{Side: side, JPEG: anyJPEG})
			switch {
			case err != nil && (!errors.Is(err, photo.ErrNotRead) || got.Side != ""):
				t.Fatalf("got %v and %v", got, err)
			case err == nil && (status != http.StatusOK || got.Side != side):
				t.Fatalf("a reading %v on status %d", got, status)
			case err == nil && got.Fault == "" && side == photo.Front && (got.Name.Reveal() == "" || got.Number.Reveal() == ""):
				t.Fatalf("an empty reading of %q", body)
			}
		}
	})
}
