package tencentcloudtest

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"

	"renzheng/providers/fakes"
	"renzheng/strictjson"
)

const (
	photoAction  = "IDCardOCR"
	photoVersion = "2018-11-19"
	photoService = "ocr"
	maxPhoto     = 10 << 20 // of the base64, the vendor's
	maxPhotoBody = maxPhoto + 4<<10
)

// Photo is one well-formed question about a photo.
type Photo struct {
	Side  string // FRONT or BACK
	Bytes []byte
}

// PhotoFate is what the recognition finds. The zero value finds nothing to read.
type PhotoFate struct {
	Name, Number    string // of the front
	Issuer, Valid   string // of the back, such as 2010.07.21-2020.07.21
	Warnings        []int  // WarnInfos, such as -9102; those that the caller did not ask for are left out
	Quality         int    // 0 = 90
	Code            string // of the gateway or the recognition, such as FailedOperation.ImageBlur
	Delivery        fakes.Delivery
	WithoutAdvanced bool // the answer lacks AdvancedInfo
}

// PhotoFake is the vendor's text recognition. Safe for concurrent use.
type PhotoFake struct {
	service Fake
	fate    func(Photo) PhotoFate
}

var _ http.Handler = (*PhotoFake)(nil)

// NewPhoto returns a fake whose findings are those of fate. Of the options it uses the key and the clock.
func NewPhoto(o Options, fate func(Photo) PhotoFate) (*PhotoFake, error) {
	made, err := New(o)
	if err != nil {
		return nil, err
	}
	return &PhotoFake{Fake{options: made.options}, fate}, nil
}

// ServeHTTP answers as the vendor does: with status 200 whatever it says.
func (f *PhotoFake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	requestID := fakes.UUID()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPhotoBody))
	if err != nil {
		refuse(w, "RequestSizeLimitExceeded", requestID)
		return
	}
	if code := f.checkPhotoEnvelope(r, body); code != "" {
		refuse(w, code, requestID)
		return
	}
	asked, config, code := readPhotoQuery(body)
	if code != "" {
		refuse(w, code, requestID)
		return
	}
	fate := f.fate(asked)
	switch {
	case fate.Delivery == fakes.Hung || fate.Delivery == fakes.Lost:
		fakes.Hang(r)
	case fate.Delivery == fakes.Cut:
		panic(http.ErrAbortHandler)
	case fate.Delivery == fakes.Garbled:
		write(w, []byte(`{"Response":{"Name":"`))
	case fate.Code != "":
		refuse(w, fate.Code, requestID)
	default:
		respond(w, fate.response(asked.Side, config, requestID))
	}
}

func (f *PhotoFake) checkPhotoEnvelope(r *http.Request, body []byte) string {
	switch {
	case r.Method != http.MethodPost || r.URL.Path != "/" || r.URL.RawQuery != "":
		return "UnsupportedOperation"
	case r.Header.Get("X-TC-Action") != photoAction:
		return "InvalidAction"
	case r.Header.Get("X-TC-Version") != photoVersion:
		return "NoSuchVersion"
	case r.Header.Get("Content-Type") != contentType:
		return "InvalidParameter"
	}
	return f.service.checkSignatureFor(photoService, r, body)
}

// readPhotoQuery returns the question and the switches of its Config, or the vendor's code.
func readPhotoQuery(body []byte) (Photo, map[string]bool, string) {
	parameters, err := strictjson.ReadObject(body)
	if err != nil {
		return Photo{}, nil, "InvalidParameter"
	}
	for name := range parameters {
		if name != "ImageBase64" && name != "CardSide" && name != "Config" {
			return Photo{}, nil, "UnknownParameter"
		}
	}
	encoded, side := parameters.Text("ImageBase64"), parameters.Text("CardSide")
	config := map[string]bool{}
	data, err := base64.StdEncoding.DecodeString(encoded)
	switch {
	case side != "FRONT" && side != "BACK":
		return Photo{}, nil, "InvalidParameterValue.InvalidParameterValueLimit"
	case len(encoded) > maxPhoto:
		return Photo{}, nil, "LimitExceeded.TooLargeFileError"
	case len(encoded) == 0:
		return Photo{}, nil, "FailedOperation.EmptyImageError"
	case err != nil || len(data) < 3 || string(data[:3]) != "\xff\xd8\xff": // only JPEG is sent here
		return Photo{}, nil, "FailedOperation.ImageDecodeFailed"
	case parameters.Text("Config") != "" && json.Unmarshal([]byte(parameters.Text("Config")), &config) != nil:
		return Photo{}, nil, "InvalidParameter.ConfigFormatError"
	}
	return Photo{Side: side, Bytes: data}, config, ""
}

// response returns what was found, with the warnings that were asked for.
func (f PhotoFate) response(side string, config map[string]bool, requestID string) map[string]any {
	switches := map[int]string{
		-9100: "InvalidDateWarn", -9101: "BorderCheckWarn", -9102: "CopyWarn", -9103: "ReshootWarn", -9104: "TempIdWarn", -9105: "BorderCheckWarn",
		-9106: "DetectPsWarn", -9107: "ReflectWarn",
	}
	advanced := map[string]any{}
	warnings := []int{}
	for _, code := range f.Warnings {
		if name, ok := switches[code]; !ok || config[name] {
			warnings = append(warnings, code)
		}
	}
	if len(warnings) > 0 {
		advanced["WarnInfos"] = warnings
	}
	if quality := f.Quality; config["Quality"] {
		if quality == 0 {
			quality = 90
		}
		advanced["Quality"] = quality
	}
	text, err := json.Marshal(advanced)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	found := map[string]any{
		"Name": "", "Sex": "", "Nation": "", "Birth": "", "Address": "", "IdNum": "", "Authority": "", "ValidDate": "", "AdvancedInfo": string(text), "RequestId": requestID,
	}
	if f.WithoutAdvanced {
		delete(found, "AdvancedInfo")
	}
	if side == "FRONT" {
		found["Name"], found["IdNum"] = f.Name, f.Number
	} else {
		found["Authority"], found["ValidDate"] = f.Issuer, f.Valid
	}
	return found
}
