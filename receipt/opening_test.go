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
		"all parts":           {s, openings, ""},
		"a part left out":     {s, openings[1:], "openings: content_digest is missing"},
		"nothing":             {s, nil, "openings: handwriting is missing"},
		"another value":       {s, alter(1, func(o *receipt.Opening) { o.Value = json.RawMessage(`{}`) }), "openings/1: signer does not match"},
		"another salt":        {s, alter(2, func(o *receipt.Opening) { o.Salt = newSalt(t) }), "openings/2: case does not match"},
		"a part for another":  {s, alter(3, func(o *receipt.Opening) { o.Domain = receipt.DomainHandwriting }), "openings/3: handwriting does not match"},
		"an unknown part":     {s, alter(4, func(o *receipt.Opening) { o.Domain = "elsewhere" }), "openings/4/domain is not that of a part of the receipt"},
		"a part twice":        {s, append(slices.Clone(openings), openings[0]), "openings/5 opens content_digest again"},
		"a part out of order": {s, slices.Concat(openings[1:2], openings[:1], openings[2:]), "openings/1: content_digest is out of order"},
		"a part that is none": {without, openings, "openings/3/domain is not that of a part of the receipt"},
		"without that part":   {without, slices.Concat(openings[:3], openings[4:]), ""},
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
