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
		{want: "Run the server.", fails: true},
		{args: []string{"help"}, want: "Run the server."},
		{args: []string{"help", "keys", "rotate"}, want: "published at once"},
		{args: []string{"--help"}, want: "Run the server."},
	} {
		output, err := command(t, tt.args...).Output()
		if (err != nil) != tt.fails || !strings.Contains(strings.Join(strings.Fields(string(output)), " "), tt.want) {
			t.Errorf("bff %s: got %v and %q, want %q in it", strings.Join(tt.args, " "), err, output, tt.want)
		}
	}
}
