package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"

	"renzheng/strictjson"
)

// limitData is a limit as it is written.
type limitData struct {
	Tries  int    `json:"tries"`
	Window string `json:"window"` // a duration such as "24h"
}

// LoadLimits parses limits: one JSON object with a member for each, such as {"face": {"tries": 5, "window": "24h"}, …}. It
// reports everything that is missing, unknown or invalid.
func LoadLimits(raw []byte) (Limits, error) {
	var file map[string]limitData
	if err := strictjson.Decode(raw, &file); err != nil {
		return Limits{}, fmt.Errorf("reading the limits: %w", err)
	}
	var limits Limits
	var problems []error
	fields := reflect.ValueOf(&limits).Elem()
	for field := range fields.Type().Fields() {
		name := limitName(field.Name)
		written, ok := file[name]
		delete(file, name)
		window, err := time.ParseDuration(written.Window)
		switch {
		case !ok:
			problems = append(problems, fmt.Errorf("%s is missing", name))
		case err != nil:
			problems = append(problems, fmt.Errorf("%s: the window must be a duration such as 24h", name))
		}
		if !ok || err != nil {
			written.Tries, window = 1, time.Hour // reported once
		}
		fields.FieldByIndex(field.Index).Set(reflect.ValueOf(Limit{written.Tries, window}))
	}
	for name := range file {
		problems = append(problems, fmt.Errorf("%q is unknown", name))
	}
	if err := errors.Join(append(problems, limits.Validate())...); err != nil {
		return Limits{}, fmt.Errorf("checking the limits: %w", err)
	}
	return limits, nil
}

// Encode returns the limits as LoadLimits reads them.
func (l Limits) Encode() ([]byte, error) {
	file := map[string]limitData{}
	fields := reflect.ValueOf(l)
	for field := range fields.Type().Fields() {
		limit, _ := reflect.TypeAssert[Limit](fields.FieldByIndex(field.Index))
		file[limitName(field.Name)] = limitData{limit.Tries, shortDuration(limit.Window)}
	}
	return json.Marshal(file)
}

// shortDuration formats 24 h as 24h instead of 24h0m0s.
func shortDuration(d time.Duration) string {
	text := d.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, zero) {
			text = text[:len(text)-2]
		}
	}
	return text
}

// limitName returns the written name of a field: FaceOfSubject is face_of_subject.
func limitName(field string) string {
	var name strings.Builder
	for i, r := range field {
		if unicode.IsUpper(r) && i > 0 {
			name.WriteByte('_')
		}
		name.WriteRune(unicode.ToLower(r))
	}
	return name.String()
}
