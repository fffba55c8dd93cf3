package console_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"renzheng/console/consoletest"
	"renzheng/material"
	"renzheng/material/materialtest"
)

// R55: whatever a clerk or a thief of their session uploads, nothing of the file itself is served.
func TestUploads_HostileFiles(t *testing.T) { //nolint:paralleltest // it measures the memory of the process
	h := newHall(t)
	b := h.SignedIn(t, "clerk")
	d := h.adult(t)
	page := h.read(t, b, typed(h.asked(t, d), d))
	visit := strings.TrimSuffix(page.Path, "/todos")
	files, raw := materialtest.Corpus(t), 0
	peak := materialtest.WatchMemory()
	for _, f := range files {
		// A picture that is sent instead of a video is one here.
		rejected := f.Reason != "" && f.Kind == material.Picture || f.Kind == material.Video && !bytes.HasPrefix(f.Content, []byte("\xff\xd8\xff"))
		none := len(f.Content) == 0 // as if no file was chosen
		seen := begin(b)
		id := seen.Path
		seen = seen.Attach(visits, typed(h.asked(t, d), d), consoletest.Files{"photo_front": {f.Content}})
		switch {
		case (seen.Status == http.StatusOK) != (!rejected || none):
			t.Errorf("%s as a photo: got %d: %s", f.Name, seen.Status, seen.Text())
		case !rejected:
			supervisor := h.SignedIn(t, "supervisor")
			supervisor.Open(id).Submit(id+"/evidence", nil)
			raw += rawOf([]byte(supervisor.Open(id+"/photos/front").Body), f)
		}
		b.Open(id).Submit(id+"/end", url.Values{"outcome": {"wrong"}})
		if rejected && !none {
			scanned := page.Attach(visit+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"1"}}, consoletest.Files{"scan": {f.Content, materialtest.PhotoJPEG(t)}})
			if scanned.Status != http.StatusUnprocessableEntity && scanned.Status != http.StatusRequestEntityTooLarge {
				t.Errorf("%s as a scan: got %d", f.Name, scanned.Status)
			}
			continue
		}
		other := h.adult(t)
		caseID := h.asked(t, other)
		shown := h.read(t, b, typed(caseID, other))
		at := strings.TrimSuffix(shown.Path, "/todos")
		shown.Attach(at+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"1"}}, consoletest.Files{"scan": {f.Content, materialtest.PhotoJPEG(t)}}).Want(http.StatusOK, "Done")
		e, _ := h.filed(t, caseID)
		for _, p := range e.Scan {
			raw += rawOf(p, f)
		}
	}
	most := peak()
	fmt.Printf("uploads at the window: files: %d, served raw: %d, memory at most: %d MiB\n", len(files), raw, most>>20)
	if raw > 0 {
		t.Errorf("%d files were served raw", raw)
	}
	if most > 256<<20 {
		t.Errorf("memory grew to %d MiB, want at most 256", most>>20)
	}
}

// rawOf returns 1 if something of a file is in what is served.
func rawOf(served []byte, f materialtest.File) int {
	if !materialtest.IsClean(material.Picture, served) || bytes.Equal(served, f.Content) || bytes.Contains(served, []byte(materialtest.Secret[:12])) {
		return 1
	}
	return 0
}

// Every reason for which a picture is rejected has a text in both languages.
func TestUploads_ExplainEveryRejection(t *testing.T) {
	t.Parallel()
	texts := windowTexts(t)
	for _, reason := range material.Reasons() {
		if text := texts["problem.picture_"+string(reason)]; text["en"] == "" || text["zh-Hans"] == "" {
			t.Errorf("%s has no text", reason)
		}
	}
}

func windowTexts(t *testing.T) map[string]map[string]string {
	t.Helper()
	content, err := os.ReadFile("texts/window.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]map[string]string
	if err = json.Unmarshal(content, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}
