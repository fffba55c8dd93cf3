package main

import (
	"strings"
	"testing"

	"renzheng/operations"
)

func TestFunnel_PrintsEachStageWithItsReasons(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	flows := []operations.Flow{{Channel: "wechat", Purpose: "access", Stages: []operations.Stage{
		{Name: "begun", Entered: 3, Passed: 3},
		{Name: "face", Entered: 3, Passed: 1, Reasons: []operations.Reason{{Failure: "face_differs", Count: 1}, {Failure: "left", Count: 1}}},
	}}}
	if err := writeFunnel(&page, flows); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(page.String()), "\n")
	if len(lines) != 3 || !strings.Contains(lines[2], "face_differs 1, left 1") || !strings.HasSuffix(lines[1], "-") {
		t.Errorf("got\n%s", page.String())
	}
}

func TestFunnel_NamesAPeriodThatIsTooLong(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	if err := o.run("funnel"); err != nil {
		t.Error(err)
	}
	for since, want := range map[string]string{"--since=1000h": "too long", "--since=soon": "--since must be"} {
		if err := o.run("funnel", since); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", since, err, want)
		}
	}
}
