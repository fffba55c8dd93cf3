package photo_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"renzheng/identity"
	"renzheng/identity/identitytest"
	"renzheng/identity/photo"
)

func TestReading_Validity(t *testing.T) {
	t.Parallel()
	for printed, want := range map[string]string{
		"2010.07.21-2020.07.21": "2010-07-21 2020-07-21 false", "2010.07.21-长期": "2010-07-21  true",
		"2010.07.21": "  false", "2010.13.21-2020.07.21": "  false", "2010.07.21-2020.02.30": "  false", "": "  false", "-": "  false",
	} {
		r := photo.Reading{}.WithValidity(printed)
		if got := fmt.Sprintf("%s %s %t", r.From, r.Until, r.LongTerm); got != want {
			t.Errorf("%q: got %q, want %q", printed, got, want)
		}
	}
}

func TestReading_WarnsOfExpiry(t *testing.T) {
	t.Parallel()
	r := photo.Reading{Warnings: []photo.Warning{photo.Glare}}.WithValidity("2010.07.21-2020.07.21")
	last, after := identity.Date{Year: 2020, Month: 7, Day: 21}, identity.Date{Year: 2020, Month: 7, Day: 22}
	if got := r.On(last).Warnings; !slices.Equal(got, []photo.Warning{photo.Glare}) {
		t.Errorf("on the last day: got %v", got)
	}
	if got := r.On(after).On(after).Warnings; !slices.Equal(got, []photo.Warning{photo.Expired, photo.Glare}) {
		t.Errorf("afterwards: got %v", got)
	}
	if got := (photo.Reading{}).WithValidity("2010.07.21-长期").On(after).Warnings; len(got) != 0 {
		t.Errorf("without end: got %v", got)
	}
}

func TestReading_PrintsNothingPersonal(t *testing.T) {
	t.Parallel()
	r := photo.Reading{Side: photo.Front, Name: identity.NewSecret("张三"), Number: identity.NewSecret("11010519491231002X")}.WithValidity("2010.07.21-2020.07.21")
	p := photo.Photo{Side: photo.Front, JPEG: []byte("张三")}
	identitytest.WantMasked(t, []string{"张三", "110105", "2010", "5byg", "e5bca0", "229 188 160"}, r, &r, p, &p)
}

type recognizer func() (photo.Reading, error)

func (f recognizer) Recognize(context.Context, photo.Photo) (photo.Reading, error) { return f() }

func TestFirstOf_AsksTheNext(t *testing.T) {
	t.Parallel()
	asked := 0
	fails := recognizer(func() (photo.Reading, error) { asked++; return photo.Reading{}, photo.ErrNotRead })
	reads := recognizer(func() (photo.Reading, error) { asked++; return photo.Reading{Fault: photo.TooBlurred}, nil })
	got, err := photo.FirstOf{fails, reads, reads}.Recognize(t.Context(), photo.Photo{})
	if err != nil || got.Fault != photo.TooBlurred || asked != 2 {
		t.Errorf("got %v, %v after %d, want the second one's", got, err, asked)
	}
	for _, all := range []photo.FirstOf{nil, {fails}} {
		if _, err = all.Recognize(t.Context(), photo.Photo{}); !errors.Is(err, photo.ErrNotRead) {
			t.Errorf("got %v", err)
		}
	}
	left, cancel := context.WithCancel(t.Context())
	cancel()
	asked = 0
	if _, err = (photo.FirstOf{fails, fails}).Recognize(left, photo.Photo{}); asked != 1 || err == nil {
		t.Errorf("asked %d after the caller left, %v", asked, err)
	}
}
