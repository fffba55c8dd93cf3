package rulebook_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"renzheng/rulebook"
)

func TestCompare_NamesEachFieldThatDiffers(t *testing.T) {
	t.Parallel()
	before := `{"version":"1","entries":[{"id":"a","words":["x","y"],"n":5,"text":"请在支付宝打开"},{"id":"b","text":"old"}],"routes":[{"to":"p"}]}`
	after := `{"version":"1","entries":[{"id":"c","text":"new"},{"id":"a","words":["x"],"n":6,"text":"请在微信打开"}],"routes":[{"to":"q"}]}`
	changes, err := rulebook.Compare([]byte(before), []byte(after))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][2]string{}
	for _, c := range changes {
		got[c.Field] = [2]string{marked(c.Before), marked(c.After)}
	}
	want := map[string][2]string{
		"entries · a · words": {"x[, y]", "x"}, "entries · a · n": {"[5]", "[6]"}, "entries · a · text": {"请在[支付宝]打开", "请在[微信]打开"},
		"entries · b · id": {"[b]", ""}, "entries · b · text": {"[old]", ""}, "entries · c · id": {"", "[c]"}, "entries · c · text": {"", "[new]"},
		"routes · 1 · to": {"[p]", "[q]"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if changes, err = rulebook.Compare([]byte(before), []byte(before)); err != nil || len(changes) != 0 {
		t.Errorf("got %v, %v of equal contents", changes, err)
	}
}

func marked(pieces []rulebook.Piece) string {
	var out strings.Builder
	for _, p := range pieces {
		if p.Changed {
			out.WriteString("[" + p.Text + "]")
		} else {
			out.WriteString(p.Text)
		}
	}
	return out.String()
}

// Whatever the texts are, the pieces of each are the whole of it, and what is unchanged is the same in both.
func TestCompare_LosesNothing(t *testing.T) {
	t.Parallel()
	alphabet := []string{"a", "bc", " ", "，", "人", "脸", "1", "\n"}
	draw := func(n int) string {
		var out strings.Builder
		for range rand.IntN(n) {
			out.WriteString(alphabet[rand.IntN(len(alphabet))])
		}
		return out.String()
	}
	for range 2000 {
		x, y := draw(40), draw(40)
		changes, err := rulebook.Compare(quoted(x), quoted(y))
		if err != nil {
			t.Fatal(err)
		}
		if x == y {
			continue
		}
		gotX, sameX := whole(changes[0].Before)
		gotY, sameY := whole(changes[0].After)
		if gotX != x || gotY != y || sameX != sameY {
			t.Fatalf("of %q and %q got %+v", x, y, changes[0])
		}
	}
	long := strings.Repeat("人", 5000)
	changes, err := rulebook.Compare(quoted("a"+long+"b"), quoted("c"+strings.Repeat("脸", 5000)+"d"))
	if err != nil || len(changes) != 1 || len(changes[0].Before) != 1 {
		t.Errorf("long texts are not shown whole: %v", err)
	}
}

// whole returns all of the pieces, and what is unchanged of them.
func whole(all []rulebook.Piece) (text, same string) {
	var every, kept strings.Builder
	for _, p := range all {
		every.WriteString(p.Text)
		if !p.Changed {
			kept.WriteString(p.Text)
		}
	}
	return every.String(), kept.String()
}

func quoted(text string) []byte {
	return []byte(`{"t":"` + strings.ReplaceAll(text, "\n", `\n`) + `"}`)
}

func TestCanonical_IsTheSameForEqualContents(t *testing.T) {
	t.Parallel()
	x, err := rulebook.Canonical([]byte(" {\"b\": \"<é>&\", \"a\": [1, 10000000000000001]}\n"))
	if err != nil || string(x) != `{"a":[1,10000000000000001],"b":"<é>&"}` {
		t.Fatalf("got %s, %v", x, err)
	}
	y, err := rulebook.Canonical([]byte(rulebook.Indented(x)))
	if err != nil || string(y) != string(x) || rulebook.DigestOf(x) != rulebook.DigestOf(y) {
		t.Errorf("got %s, %v, want %s", y, err, x)
	}
}
