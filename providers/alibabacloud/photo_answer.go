package alibabacloud

import (
	"encoding/json"
	"net/http"

	"renzheng/identity"
	"renzheng/identity/photo"
	"renzheng/providers/kit"
	"renzheng/strictjson"
)

// Scores of the vendor, of 100. The thresholds are ours: a warning costs a look, and decides nothing.
const (
	leastComplete = 80
	leastQuality  = 50
	mostTampered  = 50
)

// readPhoto reads the answer of RecognizeIdcard about one side. What was found is JSON in a text.
func readPhoto(side photo.Side, reply kit.Reply) (photo.Reading, error) {
	unreadable := kit.Unreadable(provider, photoAction, reply.Status)
	outer, err := strictjson.ReadObject(reply.Body)
	if err != nil {
		return photo.Reading{}, unreadable.With(photo.ErrNotRead)
	}
	requestID := outer.Matching("RequestId", requestIDShape)
	code := outer.Matching("Code", codeShape)
	if fault := photoFault(code); fault != "" {
		return photo.Reading{Side: side, Fault: fault, RequestID: requestID}, nil
	}
	switch {
	case reply.Status != http.StatusOK && reply.Status >= http.StatusBadRequest && code != "":
		return photo.Reading{}, photoRejected(answer{status: reply.Status, code: code, requestID: requestID}).With(photo.ErrNotRead)
	case reply.Status != http.StatusOK, code != "" && code != done:
		return photo.Reading{}, unreadable.WithID(requestID).With(photo.ErrNotRead)
	}
	r, ok := readSides(side, outer.Text("Data"))
	if !ok {
		return photo.Reading{}, unreadable.WithID(requestID).With(photo.ErrNotRead)
	}
	r.RequestID = requestID
	return r, nil
}

func photoRejected(a answer) *kit.CallError {
	if a.code == "algorithmError" {
		e := kit.Rejected(provider, photoAction, a.code, a.status).WithID(a.requestID)
		e.State = kit.Failing
		return e
	}
	return rejected(photoAction, a)
}

// readSides reads the side that was sent. Of the other one only its presence matters. ok is false if the text has another form.
func readSides(side photo.Side, text string) (r photo.Reading, ok bool) {
	outer, err := strictjson.ReadObject([]byte(text))
	if err != nil {
		return r, false
	}
	sides, err := strictjson.ReadObject(outer["data"])
	if err != nil {
		return r, false
	}
	here, other := "face", "back"
	if side == photo.Back {
		here, other = other, here
	}
	if _, present := sides[here]; !present {
		r = photo.Reading{Side: side, Fault: photo.NoDocument}
		if _, present = sides[other]; present {
			r.Fault = photo.WrongSide
		}
		return r, true
	}
	found, err := strictjson.ReadObject(sides[here])
	if err != nil {
		return r, false
	}
	values, err := strictjson.ReadObject(found["data"])
	if err != nil {
		return r, false
	}
	warnings, ok := photoWarnings(found["warning"])
	if !ok {
		return r, false
	}
	r = photo.Reading{
		Side: side, Name: identity.NewSecret(values.Text("name")), Number: identity.NewSecret(values.Text("idNumber")), Issuer: identity.NewSecret(values.Text("issueAuthority")),
	}.Warned(warnings...).WithValidity(values.Text("validPeriod"))
	if side == photo.Front && (values.Text("name") == "" || values.Text("idNumber") == "") || side == photo.Back && r.From.IsZero() {
		r = photo.Reading{Side: side, Fault: photo.Unreadable}
	}
	return r, true
}

// photoWarnings reads the scores, all of which must be there: without them nobody would be warned.
func photoWarnings(raw json.RawMessage) ([]photo.Warning, bool) {
	scores, err := strictjson.ReadObject(raw)
	if err != nil {
		return nil, false
	}
	var copied, reshot, complete, quality, tampered float64
	for name, into := range map[string]*float64{
		"isCopy": &copied, "isReshoot": &reshot, "completenessScore": &complete, "qualityScore": &quality, "tamperScore": &tampered,
	} {
		if value := scores[name]; len(value) == 0 || string(value) == "null" || json.Unmarshal(value, into) != nil {
			return nil, false
		}
	}
	var warnings []photo.Warning
	for _, one := range []struct {
		is      bool
		warning photo.Warning
	}{
		{copied != 0, photo.Copy}, {reshot != 0, photo.Reshot}, {tampered > mostTampered, photo.Forged}, {complete < leastComplete, photo.Incomplete}, {quality < leastQuality, photo.Blurred},
	} {
		if one.is {
			warnings = append(warnings, one.warning)
		}
	}
	return warnings, true
}

// photoFault returns the fault of a code of the vendor, or "" if it says nothing about the photo. Source:
// https://help.aliyun.com/zh/ocr/developer-reference/api-ocr-api-2021-07-07-errorcodes, 2026-11.
func photoFault(code string) photo.Fault {
	switch code {
	case "unmatchedImageType":
		return photo.NoDocument
	case "illegalImageSize":
		return photo.TooSmall
	case "illegalImageContent", "unsupportedImageFormat", "exceededImageContent":
		return photo.Unreadable
	}
	return ""
}
