package todo_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"renzheng/todo"
)

// payload decodes the payload of a compact JWS.
func payload(t *testing.T, compact string) []byte {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(strings.Split(compact, ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestList_PagesTheLastSevenDays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ asked, want int }{{0, 20}, {-1, 20}, {1, 1}, {50, 50}, {51, 50}} {
		for more := range 2 {
			f, rules := newFixture(t)
			for i := range tt.want + more {
				one := f.one
				one.ID = string(rune('a' + i))
				f.all = append(f.all, one)
			}
			got, err := rules.List(t.Context(), viewer(t), todo.Page{Limit: tt.asked})
			if err != nil || len(got.Rows) != tt.want || (got.Next != nil) != (more == 1) {
				t.Fatalf("asked %d of %d: got %d rows, next %v, %v", tt.asked, len(f.all), len(got.Rows), got.Next, err)
			}
			if got.Next != nil && *got.Next != (todo.Cursor{At: f.one.OpenedAt, ID: got.Rows[tt.want-1].ID}) {
				t.Errorf("got the next part after %+v, want after the last row", got.Next)
			}
			if want := noon().Add(time.Hour).Truncate(time.Millisecond).Add(-todo.Window); !f.since.Equal(want) {
				t.Errorf("got todos since %v, want %v", f.since, want)
			}
		}
	}
}

func TestList_ShowsTheStateOfNowUnderOurName(t *testing.T) {
	t.Parallel()
	f, rules := newFixture(t)
	passed := f.one
	passed.ExpiresAt = noon()
	f.all = []todo.Todo{f.one, passed}
	got, err := rules.List(t.Context(), viewer(t), todo.Page{})
	if err != nil || len(got.Rows) != 2 {
		t.Fatalf("got %d rows, %v", len(got.Rows), err)
	}
	if first := got.Rows[0]; first.NameDiffers || first.State != todo.Open || first.RegistryName != "测试市监局" {
		t.Errorf("got %+v", first)
	}
	if got.Rows[1].State != todo.Expired {
		t.Errorf("got %s past the window", got.Rows[1].State)
	}
}

// R8: the person sees that there is a todo under another name, and the registry is notified while it can still be corrected.
func TestRead_OtherNameIsHiddenAndReported(t *testing.T) {
	t.Parallel()
	for state, events := range map[todo.State]int{todo.Open: 1, todo.Confirmed: 0} {
		f, rules := newFixture(t)
		f.one.Signer, f.one.State, f.all = otherName(t), state, []todo.Todo{{}}
		f.all[0] = f.one
		got, err := rules.List(t.Context(), viewer(t), todo.Page{})
		if err != nil || !got.Rows[0].NameDiffers || got.Rows[0].ID != "" || len(f.events) != events {
			t.Errorf("%s: got %+v and %d events, %v", state, got.Rows, len(f.events), err)
		}
		_, err = rules.Detail(t.Context(), viewer(t), "tod_1")
		wantCode(t, "detail", err, todo.CodeNameDiffers)
		if len(f.events) != 2*events || events > 0 && f.events[0].Type != todo.EventNameMismatch {
			t.Errorf("%s: got %d events", state, len(f.events))
		}
		if events == 0 {
			continue
		}
		f.fail["InsertEvent"] = errStore
		if _, err = rules.List(t.Context(), viewer(t), todo.Page{}); !errors.Is(err, errStore) {
			t.Errorf("list: got %v", err)
		}
		if _, err = rules.Detail(t.Context(), viewer(t), "tod_1"); !errors.Is(err, errStore) {
			t.Errorf("detail: got %v", err)
		}
		rules.Rand = &dry{}
		f.fail["InsertEvent"] = nil
		if _, err = rules.Detail(t.Context(), viewer(t), "tod_1"); !errors.Is(err, errStore) || len(f.events) != 4 {
			t.Errorf("got %v without randomness, %d events", err, len(f.events))
		}
	}
}

// R6: a session can confirm only a todo that was open when the session was shown it.
func TestDetail_RecordsWhatWasShown(t *testing.T) {
	t.Parallel()
	f, rules := newFixture(t)
	f.one.ServedAt = time.Time{}
	got, err := rules.Detail(t.Context(), viewer(t), "tod_1")
	if err != nil || got.ID != "tod_1" || f.served != 1 {
		t.Errorf("got %q shown %d times, %v", got.ID, f.served, err)
	}
	if _, err = rules.Peek(t.Context(), viewer(t), "tod_1"); err != nil || f.served != 1 {
		t.Errorf("a peek was recorded as shown (%v)", err)
	}
	f.one.ServedAt = noon()
	if _, err = rules.Detail(t.Context(), viewer(t), "tod_1"); err != nil || f.served != 1 {
		t.Errorf("a todo that was shown before was recorded again (%v)", err)
	}
	f.one.ExpiresAt = noon()
	if got, err = rules.Detail(t.Context(), viewer(t), "tod_1"); err != nil || got.State != todo.Expired || f.served != 1 {
		t.Errorf("got %s shown %d times, %v", got.State, f.served, err)
	}
}

// Each failure of the store is returned, together with zero values.
func TestRead_TellsWhatFailed(t *testing.T) {
	t.Parallel()
	for method, read := range map[string]func(*todo.Service) (bool, error){
		"ListTodos": func(s *todo.Service) (bool, error) {
			l, err := s.List(t.Context(), viewer(t), todo.Page{})
			return l.Rows == nil, err
		},
		"Todo": func(s *todo.Service) (bool, error) {
			got, err := s.Detail(t.Context(), viewer(t), "x")
			return got.ID == "", err
		},
		"MarkServed": func(s *todo.Service) (bool, error) {
			got, err := s.Detail(t.Context(), viewer(t), "x")
			return got.ID == "", err
		},
		"Confirmations": func(s *todo.Service) (bool, error) {
			l, err := s.ListConfirmations(t.Context(), viewer(t), todo.Page{})
			return l.Rows == nil, err
		},
		"Confirmation": func(s *todo.Service) (bool, error) {
			c, err := s.GetConfirmation(t.Context(), viewer(t), "x")
			return c.ID == "", err
		},
		"Evidence": func(s *todo.Service) (bool, error) {
			e, err := s.GetEvidence(t.Context(), todo.EvidenceQuery{RegistryID: "sd", CaseID: "2026-1", SignerID: "a"})
			return e.Portrait == nil, err
		},
		"Feed": func(s *todo.Service) (bool, error) {
			e, err := s.ListFeed(t.Context(), "sd", 0, 1)
			return e == nil, err
		},
		"Redeliver": func(s *todo.Service) (bool, error) { return true, s.Redeliver(t.Context(), "sd", "evt_1") },
	} {
		f, rules := newFixture(t)
		f.one.ServedAt = time.Time{}
		if method != "Evidence" {
			if _, err := read(rules); err != nil {
				t.Errorf("%s: got %v where nothing failed", method, err)
			}
		}
		f.fail[method], f.all, f.given = errStore, []todo.Todo{f.one}, []todo.Confirmation{{ID: "cfm_1"}}
		f.image.Portrait = []byte("png")
		if empty, err := read(rules); !errors.Is(err, errStore) || !empty {
			t.Errorf("%s: got %v, empty %t", method, err, empty)
		}
	}
}

func TestListConfirmations_Pages(t *testing.T) {
	t.Parallel()
	for more := range 2 {
		f, rules := newFixture(t)
		for i := range 2 + more {
			f.given = append(f.given, todo.Confirmation{ID: string(rune('a' + i)), AnsweredAt: noon()})
		}
		got, err := rules.ListConfirmations(t.Context(), viewer(t), todo.Page{Limit: 2})
		if err != nil || len(got.Rows) != 2 || (got.Next != nil) != (more == 1) {
			t.Fatalf("of %d: got %d rows, next %v, %v", 2+more, len(got.Rows), got.Next, err)
		}
		if got.Next != nil && *got.Next != (todo.Cursor{At: noon(), ID: "b"}) {
			t.Errorf("got the next part after %+v", got.Next)
		}
	}
}

func TestListFeed_IsBounded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ asked, want int }{{0, 100}, {-1, 100}, {1, 1}, {501, 500}} {
		f, rules := newFixture(t)
		if _, err := rules.ListFeed(t.Context(), "sd", -7, tt.asked); err != nil || f.limit != tt.want || f.after != 0 {
			t.Errorf("asked %d: got %d after %d, %v", tt.asked, f.limit, f.after, err)
		}
	}
}

func TestGetEvidence_DrawsTheHandwriting(t *testing.T) {
	t.Parallel()
	f, rules := newFixture(t)
	c, err := confirm(t, rules, f)
	if err != nil {
		t.Fatal(err)
	}
	f.image.Confirmation = c.Confirmation
	got, err := rules.GetEvidence(t.Context(), todo.EvidenceQuery{RegistryID: "sd", CaseID: "2026-1", SignerID: "a"})
	if err != nil || len(got.Handwriting) == 0 || f.fetched.IsZero() {
		t.Errorf("got a picture of %d bytes, fetched %v, %v", len(got.Handwriting), f.fetched, err)
	}
	if _, err = rules.PeekEvidence(t.Context(), todo.EvidenceQuery{RegistryID: "sd", CaseID: "2026-1", SignerID: "a"}); err != nil || !f.fetched.IsZero() {
		t.Errorf("a peek was put on record (%v)", err)
	}
}

// What was accepted stays readable evidence, whatever rules newer handwritings must keep.
func TestGetEvidence_ReadsStrokesThatWouldNotBeAcceptedNow(t *testing.T) {
	t.Parallel()
	f, rules := newFixture(t)
	c, err := confirm(t, rules, f)
	if err != nil {
		t.Fatal(err)
	}
	f.image.Confirmation = c.Confirmation
	scribble := make([]todo.Point, todo.MaxStrokePoints/2)
	for i := range scribble {
		scribble[i] = todo.Point{X: i % 2 * todo.MaxCanvas, Y: i % 3 * todo.MaxCanvas / 2, Millis: i}
	}
	for rule, points := range map[string][]todo.Point{
		todo.RuleStrokesTooLittle: {{X: 5, Y: 5}, {X: 6, Y: 5, Millis: 3}},
		todo.RuleStrokesTime:      {{X: 5, Y: 5}, {X: 900, Y: 900}},
		todo.RuleStrokesTooMuch:   scribble,
	} {
		text := todo.Strokes{Width: todo.MaxCanvas, Height: todo.MaxCanvas, Strokes: [][]todo.Point{points}}.Encode()
		if _, err = todo.DecodeStrokes(text); err == nil || !strings.Contains(err.Error(), rule) {
			t.Errorf("%s: got %v for a new handwriting", rule, err)
		}
		f.image.Confirmation.Strokes = []byte(text)
		got, err := rules.GetEvidence(t.Context(), todo.EvidenceQuery{RegistryID: "sd", CaseID: "2026-1", SignerID: "a"})
		if err != nil || len(got.Handwriting) == 0 {
			t.Errorf("%s: got a picture of %d bytes, %v for a stored one", rule, len(got.Handwriting), err)
		}
	}
}

func TestGetEvidence_WithoutStrokesHasNoPicture(t *testing.T) {
	t.Parallel()
	f, rules := newFixture(t)
	c, err := decline(t, rules, f)
	if err != nil {
		t.Fatal(err)
	}
	f.image.Confirmation = c.Confirmation
	got, err := rules.GetEvidence(t.Context(), todo.EvidenceQuery{RegistryID: "sd", CaseID: "2026-1", SignerID: "a"})
	if err != nil || got.Handwriting != nil {
		t.Errorf("got %d bytes without strokes, %v", len(got.Handwriting), err)
	}
	f.image.Confirmation.Strokes = []byte("?")
	if _, err = rules.GetEvidence(t.Context(), todo.EvidenceQuery{RegistryID: "sd", CaseID: "2026-1", SignerID: "a"}); err == nil {
		t.Error("strokes that cannot be read gave evidence")
	}
}

// The text of an error names the code and the first place, and no value.
func TestRejectedError_NamesCodeRuleAndFirstPlace(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]todo.RejectedError{
		"rejected: todo_expired":            {Code: todo.CodeExpired},
		"rejected: strokes_invalid too_few": {Code: todo.CodeStrokesInvalid, Rule: "too_few"},
		"rejected: content_invalid id at /a (2 in all)": {
			Code: todo.CodeContentInvalid, Violations: []todo.Violation{{Pointer: "/a", Rule: "id"}, {Pointer: "/b", Rule: "id"}},
		},
	} {
		if err.Error() != want {
			t.Errorf("got %q, want %q", err.Error(), want)
		}
	}
}
