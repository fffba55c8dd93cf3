package failure_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"renzheng/verification/failure"
)

type object = map[string]any

func TestLoad_Default(t *testing.T) {
	t.Parallel()
	entries, err := failure.Load(failure.TextsJSON())
	if err != nil || !reflect.DeepEqual(entries, failure.Catalogue()) {
		t.Errorf("got %d entries, %v; want the catalogue", len(entries), err)
	}
}

func TestLoad_RejectsTexts(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(failures, remedies object)
		want   string
	}{
		"a failure without texts": {
			func(failures, _ object) { delete(failures, "face_differs") },
			"prompt of face_differs is missing in [zh-Hans zh-Hant en]",
		},
		"a prompt without English": {
			func(failures, _ object) { delete(texts(failures, "face_differs", "prompt"), "en") },
			"prompt of face_differs is missing in [en]",
		},
		"a blank cause": {
			func(failures, _ object) { texts(failures, "card_locked", "cause")["zh-Hant"] = " " },
			"cause of card_locked is missing in [zh-Hant]",
		},
		"a remedy without a text": {
			func(_, remedies object) { delete(remedies, "retry_later") },
			"remedy retry_later is missing in [zh-Hans zh-Hant en]",
		},
		"a failure that does not exist": {
			func(failures, _ object) { failures["face_odd"] = failures["face_differs"] },
			"unused texts: [face_odd]",
		},
		"a remedy that no failure offers": {
			func(_, remedies object) { remedies["pray"] = remedies["retry_later"] },
			"unused texts: [pray]",
		},
		"an unknown language": {
			func(failures, _ object) { texts(failures, "face_differs", "prompt")["fr"] = "non" },
			"unknown",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var file map[string]object
			if err := json.Unmarshal(failure.TextsJSON(), &file); err != nil {
				t.Fatal(err)
			}
			tt.change(file["failures"], file["remedies"])
			raw, err := json.Marshal(file)
			if err != nil {
				t.Fatal(err)
			}
			if _, err = failure.Load(raw); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// texts returns one text of a failure, by language.
func texts(failures object, code, which string) object {
	entry, _ := failures[code].(object)
	text, _ := entry[which].(object)
	return text
}

// An entry that a caller changes must not change the catalogue.
func TestCatalogue_IsTheCallersOwn(t *testing.T) {
	t.Parallel()
	want := failure.Lookup(failure.FaceDiffers).Remedies[0]
	failure.Catalogue()[0].Remedies[0].Kind = "changed"
	failure.Lookup(failure.FaceDiffers).Remedies[0].Kind = "changed"
	if got := failure.Lookup(failure.FaceDiffers).Remedies[0]; got != want {
		t.Errorf("got %s, want %s", got.Kind, want.Kind)
	}
}

func TestCode_Known(t *testing.T) {
	t.Parallel()
	if !failure.FaceDiffers.Known() || failure.Code("face_odd").Known() {
		t.Error("want the codes of the catalogue to be known, and no other")
	}
}
