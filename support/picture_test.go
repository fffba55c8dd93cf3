package support_test

import (
	"bytes"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/support"
)

func drawn(t *testing.T, side int, encode func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := encode(&out, image.NewGray(image.Rect(0, 0, side, side))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asPNG(out *bytes.Buffer, m image.Image) error  { return png.Encode(out, m) }
func asJPEG(out *bytes.Buffer, m image.Image) error { return jpeg.Encode(out, m, nil) }

func TestCheckPicture(t *testing.T) {
	t.Parallel()
	good := drawn(t, 430, asPNG)
	for name, tc := range map[string]struct {
		file []byte
		want bool
	}{
		"a PNG":          {good, true},
		"a JPEG":         {drawn(t, 430, asJPEG), true},
		"half a PNG":     {good[:len(good)/2], false},
		"too small":      {drawn(t, 63, asPNG), false},
		"too large":      {drawn(t, 2049, asPNG), false},
		"too many bytes": {append(good, make([]byte, 512<<10)...), false},
		"another kind":   {drawn(t, 100, func(b *bytes.Buffer, m image.Image) error { return gif.Encode(b, m, &gif.Options{NumColors: 2}) }), false},
		"a page":         {[]byte("<svg onload=alert(1)>"), false},
		"nothing":        {nil, false},
	} {
		if err := support.CheckPicture(tc.file); (err == nil) != tc.want {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestTicketCode_IsKeptForADay(t *testing.T) {
	t.Parallel()
	w := newFixture(t, nil)
	ticket := w.ticket(t, "", identity.Chinese)
	picture := func() support.QRCode {
		t.Helper()
		got, err := w.service.TicketCode(t.Context(), w.account, ticket.ID)
		if err != nil || string(got.Picture) != ticket.ID {
			t.Fatalf("got %q, %v", got.Picture, err)
		}
		return got
	}
	first := picture()
	w.pass(22 * time.Hour)
	if again := picture(); w.made != 1 || !again.ExpiresAt.Equal(first.ExpiresAt) {
		t.Errorf("made %d, until %s", w.made, again.ExpiresAt)
	}
	w.pass(time.Hour) // good for less than an hour
	if again := picture(); w.made != 2 || !again.ExpiresAt.After(first.ExpiresAt) {
		t.Errorf("made %d, until %s", w.made, again.ExpiresAt)
	}
	if _, err := w.service.TicketCode(t.Context(), "acc_other", ticket.ID); !errors.Is(err, support.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestCommonCode_AsksWeChatSeldomWhenItFails(t *testing.T) {
	t.Parallel()
	w := newFixture(t, nil)
	w.broken = errors.New("away")
	for range 5 {
		if _, err := w.service.CommonCode(t.Context()); !errors.Is(err, support.ErrBusy) {
			t.Errorf("got %v", err)
		}
	}
	if w.made != 1 {
		t.Errorf("asked %d times, want once", w.made)
	}
	w.broken = nil
	w.pass(time.Minute)
	if got, err := w.service.CommonCode(t.Context()); err != nil || string(got.Picture) != "common" || w.made != 2 {
		t.Errorf("got %q, %v after %d", got.Picture, err, w.made)
	}
}
