package main

import (
	"strings"
	"testing"
)

func TestBff_PrintsItsUsage(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args  []string
		want  string
		fails bool
	}{
		{nil, "Run the server.", true},
		{[]string{"help"}, "Run the server.", false},
		{[]string{"help", "keys", "rotate"}, "published at once", false},
		{[]string{"--help"}, "Run the server.", false},
	} {
		output, err := command(t, tt.args...).Output()
		if (err != nil) != tt.fails || !strings.Contains(strings.Join(strings.Fields(string(output)), " "), tt.want) {
			t.Errorf("bff %s: got %v and %q, want %q in it", strings.Join(tt.args, " "), err, output, tt.want)
		}
	}
}
