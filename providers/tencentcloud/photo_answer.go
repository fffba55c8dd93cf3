package tencentcloud

import (
	"encoding/json"
	"net/http"

	"renzheng/identity"
	"renzheng/identity/photo"
	"renzheng/providers/kit"
	"renzheng/strictjson"
)

const clearQuality = 50 // of 100; the vendor's SDKs suggest this threshold

// readPhoto reads the answer of IDCardOCR about one side.
func readPhoto(side photo.Side, reply kit.Reply) (photo.Reading, error) {
	r := photo.Reading{Side: side}
	unreadable := kit.Unreadable(provider, photoAction, reply.Status)
	outer, err := strictjson.ReadObject(reply.Body)
	if err != nil || reply.Status != http.StatusOK {
		return photo.Reading{}, unreadable.With(photo.ErrNotRead)
	}
	response, err := strictjson.ReadObject(outer["Response"])
	if err != nil {
		return photo.Reading{}, unreadable.With(photo.ErrNotRead)
	}
	r.RequestID = response.Matching("RequestId", requestIDShape)
	unreadable = unreadable.WithID(r.RequestID)
	if failed, present := response["Error"]; present {
		inner, _ := strictjson.ReadObject(failed)
		code := inner.Matching("Code", codeShape)
		if code == "" {
			return photo.Reading{}, unreadable.With(photo.ErrNotRead)
		}
		if r.Fault = photoFault(code); r.Fault == "" {
			return photo.Reading{}, rejected(photoAction, answer{status: reply.Status, code: code, requestID: r.RequestID}).With(photo.ErrNotRead)
		}
		return r, nil
	}
	warnings, ok := photoWarnings(response.Text("AdvancedInfo"))
	if !ok {
		return photo.Reading{}, unreadable.With(photo.ErrNotRead)
	}
	r = r.Warned(warnings...)
	r.Name, r.Number = identity.NewSecret(response.Text("Name")), identity.NewSecret(response.Text("IdNum"))
	r.Issuer = identity.NewSecret(response.Text("Authority"))
	r = r.WithValidity(response.Text("ValidDate"))
	if side == photo.Front && (response.Text("Name") == "" || response.Text("IdNum") == "") || side == photo.Back && r.From.IsZero() {
		return photo.Reading{Side: side, Fault: photo.Unreadable, RequestID: r.RequestID}, nil
	}
	return r, nil
}

// photoFault returns the fault of a code of the vendor, or "" if it says nothing about the photo. Source:
// https://cloud.tencent.com/document/api/866/33524 (error codes), 2026-11.
func photoFault(code string) photo.Fault {
	switch code {
	case "FailedOperation.ImageNoIdCard", "FailedOperation.ImageNoText":
		return photo.NoDocument
	case "FailedOperation.CardSideError":
		return photo.WrongSide
	case "FailedOperation.IdCardTooSmall":
		return photo.TooSmall
	case "FailedOperation.ImageBlur":
		return photo.TooBlurred
	case "FailedOperation.MultiCardError":
		return photo.SeveralCards
	case "FailedOperation.IdCardInfoIllegal", // name or number missing or impossible
		"FailedOperation.OcrFailed", "FailedOperation.DetectFailed",
		"FailedOperation.ImageDecodeFailed", "InvalidParameter.EngineImageDecodeFailed",
		"FailedOperation.EmptyImageError", "FailedOperation.ImageSizeTooLarge", "LimitExceeded.TooLargeFileError":
		return photo.Unreadable
	}
	return ""
}

// photoWarnings reads AdvancedInfo, which is JSON in a text. It returns false if that is of another form: a warning may be in it.
func photoWarnings(advanced string) ([]photo.Warning, bool) {
	var info struct {
		Quality   *float64 `json:"Quality"`
		WarnInfos []int    `json:"WarnInfos"`
	}
	object, err := strictjson.ReadObject([]byte(advanced))
	if err != nil {
		return nil, false
	}
	if raw, present := object["WarnInfos"]; present && json.Unmarshal(raw, &info.WarnInfos) != nil {
		return nil, false
	}
	if raw, present := object["Quality"]; present && json.Unmarshal(raw, &info.Quality) != nil {
		return nil, false
	}
	var warnings []photo.Warning
	for _, code := range info.WarnInfos {
		warnings = append(warnings, photoWarning(code))
	}
	if info.Quality != nil && *info.Quality < clearQuality {
		warnings = append(warnings, photo.Blurred)
	}
	return warnings, true
}

// photoWarning returns the warning of a code in WarnInfos. Source: the vendor's description of AdvancedInfo in its SDKs,
// https://www.rubydoc.info/gems/tencentcloud-sdk-ocr/TencentCloud/Ocr/V20181119/IDCardOCRResponse, 2026-11. -9110, a picture of
// an electronic ID, is not asked for.
func photoWarning(code int) photo.Warning {
	known := map[int]photo.Warning{
		-9100: photo.NoValidity, -9101: photo.Incomplete, -9102: photo.Copy, -9103: photo.Reshot, -9104: photo.Temporary, -9105: photo.Covered,
		-9106: photo.Forged, -9107: photo.Glare, -9108: photo.Copy, // in black and white
	}
	if warning, ok := known[code]; ok {
		return warning
	}
	return photo.OtherReason
}
