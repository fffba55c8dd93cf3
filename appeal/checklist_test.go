package appeal_test

import (
	"testing"

	"renzheng/appeal"
	"renzheng/material"
	"renzheng/verification/failure"
)

// Every failure has a checklist, or a reason why it cannot be appealed. If a retry cannot resolve it, nothing else is left.
func TestCatalogue_HasEveryFailure(t *testing.T) {
	t.Parallel()
	texts := appeal.Catalogue()
	for _, entry := range failure.Catalogue() {
		_, listed := texts.For(string(entry.Code))
		_, excepted := texts.Excepted(string(entry.Code))
		if listed == excepted {
			t.Errorf("%s: has a checklist: %t, has a reason to have none: %t", entry.Code, listed, excepted)
		}
		if entry.Counted && !listed {
			t.Errorf("%s uses up tries, and nobody can appeal", entry.Code)
		}
	}
	for _, c := range texts.Checklists {
		for _, code := range c.Failures {
			if failure.Lookup(failure.Code(code)).Code != failure.Code(code) {
				t.Errorf("a checklist names the unknown failure %s", code)
			}
		}
	}
}

// D-22: what a comparison of faces needs.
func TestCatalogue_FaceNeedsFourItems(t *testing.T) {
	t.Parallel()
	checklist, _ := appeal.Catalogue().For("face_differs")
	for _, code := range []string{"document_front", "document_back", "holding_document", "failure_video"} {
		if !checklist.Has(code) {
			t.Errorf("%s is not asked for", code)
		}
	}
	if video, _ := appeal.Catalogue().Item("failure_video"); video.Kind != material.Video {
		t.Errorf("the video is a %s", video.Kind)
	}
	if !checklist.Has("military_papers") || checklist.Has("card_statement") {
		t.Error("D-34: military papers may be added, and nothing that does not belong there")
	}
}
