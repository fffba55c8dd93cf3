package material_test

import (
	"bytes"
	"testing"

	"renzheng/material"
	"renzheng/material/materialtest"
)

func FuzzClean(f *testing.F) {
	f.Add(materialtest.Movie(materialtest.Spec{Sound: true, Message: true, Extra: "udta"}), true)
	f.Add(materialtest.PNGHeader(300, 300, 6), false)
	f.Fuzz(func(t *testing.T, content []byte, video bool) {
		kind := material.Picture
		if video {
			kind = material.Video
		}
		var out bytes.Buffer
		_, err := material.NewCleaner().Clean(t.Context(), kind, bytes.NewReader(content), int64(len(content)), &out)
		if err != nil && material.ReasonOf(err) == "" {
			t.Errorf("got %v, want a rejection", err)
		}
		if video && err == nil && out.Len() > len(content)+1<<20 {
			t.Errorf("%d bytes became %d", len(content), out.Len())
		}
	})
}
