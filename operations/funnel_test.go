package operations_test

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"renzheng/operations"
)

type counted struct {
	begun   []operations.VerificationCount
	reached []operations.CheckCount
}

func (c counted) CountBegun(context.Context, time.Time, time.Time) ([]operations.VerificationCount, error) {
	return c.begun, nil
}

func (c counted) CountReached(context.Context, time.Time, time.Time) ([]operations.CheckCount, error) {
	return c.reached, nil
}

func TestFunnel_FollowsEachFlowInItsOrder(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	reached := func(position int, check, state, failure string, count int) operations.CheckCount {
		return operations.CheckCount{Channel: "wechat", Purpose: "access", Position: position, Check: check, State: state, Failure: failure, Count: count}
	}
	store := counted{
		begun: []operations.VerificationCount{{"wechat", "access", 10, 4}, {"alipay", "confirm", 1, 1}},
		reached: []operations.CheckCount{
			reached(1, "bank_card", "skipped", "", 1), reached(1, "bank_card", "passed", "card_differs", 3), reached(1, "bank_card", "pending", "", 3),
			reached(0, "face", "passed", "", 7), reached(0, "face", "failed", "face_differs", 2), reached(0, "face", "pending", "face_differs", 1),
		},
	}
	flows, err := operations.Funnel(t.Context(), store, now.Add(-time.Hour), now)
	if err != nil {
		t.Fatal(err)
	}
	want := operations.Flow{Channel: "wechat", Purpose: "access", Stages: []operations.Stage{
		{Name: "begun", Entered: 10, Passed: 10},
		{Name: "face", Entered: 10, Passed: 7, Reasons: []operations.Reason{{"face_differs", 3}}},
		{Name: "bank_card", Entered: 7, Passed: 4, Reasons: []operations.Reason{{"left", 3}}},
		{Name: "done", Entered: 4, Passed: 4},
	}}
	if len(flows) != 2 || !reflect.DeepEqual(flows[1], want) {
		t.Errorf("got %+v, want %+v last", flows, want)
	}
	for _, since := range []time.Time{now, now.Add(time.Second), now.Add(-operations.MaxFunnel - 1)} {
		if _, err = operations.Funnel(t.Context(), store, since, now); !errors.Is(err, operations.ErrPeriod) {
			t.Errorf("since %v: got %v, want ErrPeriod", since, err)
		}
	}
}

// A chart is well-formed whatever its words are, names itself, and needs neither script nor style.
func TestChart_IsAccessibleAndSafe(t *testing.T) {
	t.Parallel()
	c := operations.Chart{ID: "a", Title: `<script>"&`, Desc: "d</desc><script>", Bars: []operations.Bar{{"一", 4}, {`"><x`, 2}, {"", 0}, {"less", -1}}}
	if svg := c.SVG(); !strings.Contains(svg, `viewBox="0 0 640 `) {
		t.Errorf("short labels make the chart wider: %s", svg)
	}
	c.Bars = append(c.Bars, operations.Bar{Label: "tencentcloud four_elements", Value: 1})
	svg := c.SVG()
	if !strings.Contains(svg, `viewBox="0 0 704 `) || !strings.Contains(svg, `<text x="234"`) {
		t.Errorf("a long label is cut: %s", svg)
	}
	elements := map[string]int{}
	for read := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := read.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		if start, ok := token.(xml.StartElement); ok {
			elements[start.Name.Local]++
			if start.Name.Local == "script" || start.Name.Local == "style" {
				t.Errorf("got an element %s", start.Name.Local)
			}
		}
	}
	for element, want := range map[string]int{"title": 1, "desc": 1, "rect": 5, "text": 10} {
		if elements[element] != want {
			t.Errorf("got %d elements %s, want %d", elements[element], element, want)
		}
	}
	for _, needed := range []string{`role="img"`, `aria-labelledby="a-title a-desc"`, `width="400"`, `width="200"`} {
		if !strings.Contains(svg, needed) {
			t.Errorf("%s is missing in %s", needed, svg)
		}
	}
}
