package receipt_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"renzheng/receipt"
)

func TestCheckOpenings_NamesThePartsThatDoNotMatch(t *testing.T) {
	t.Parallel()
	s, openings := confirmed(t)
	alter := func(i int, change func(*receipt.Opening)) []receipt.Opening {
		altered := slices.Clone(openings)
		change(&altered[i])
		return altered
	}
	without := s
	without.Portrait = receipt.None
	cases := map[string]struct {
		statement receipt.Statement
		openings  []receipt.Opening
		want      string
	}{
		"all parts":            {s, openings, ""},
		"some parts":           {s, openings[1:3], ""},
		"another value":        {s, alter(1, func(o *receipt.Opening) { o.Value = json.RawMessage(`{}`) }), "signer does not match"},
		"another salt":         {s, alter(2, func(o *receipt.Opening) { o.Salt = newSalt(t) }), "case does not match"},
		"a part for another":   {s, alter(3, func(o *receipt.Opening) { o.Domain = receipt.DomainHandwriting }), "handwriting does not match"},
		"its own commitment":   {s, alter(0, func(o *receipt.Opening) { *o = opening(t, receipt.DomainContent, `1`) }), "content_digest does not match"},
		"an unknown part":      {s, alter(4, func(o *receipt.Opening) { o.Domain = "elsewhere" }), "opening 4 is of no part"},
		"a part twice":         {s, append(slices.Clone(openings), openings[0]), "content_digest is opened twice"},
		"a part that is none":  {without, openings, "portrait does not match"},
		"a value that is none": {without, alter(3, func(o *receipt.Opening) { o.Commitment = receipt.None }), "portrait does not match"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := receipt.CheckOpenings(c.statement, c.openings)
			if c.want == "" {
				if err != nil {
					t.Errorf("got %v, want none", err)
				}
				return
			}
			if !errors.Is(err, receipt.ErrOpening) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestOpening_SurvivesJSON(t *testing.T) {
	t.Parallel()
	_, want := confirmed(t)
	raw, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got []receipt.Opening
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("openings changed (-want +got):\n%s", diff)
	}
}
