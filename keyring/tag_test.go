package keyring_test

import (
	"bytes"
	"testing"
	"time"

	"renzheng/keyring"
)

func TestTag_HoldsForItsContentOnly(t *testing.T) {
	t.Parallel()
	ring := open(t, generate(t))
	content := func() keyring.TagContent { return keyring.NewTagContent("grants").Text("gra_1", "ses_1").Number(7) }
	tag := ring.Tag(content())
	if !ring.VerifyTag(content(), tag) || !bytes.Equal(tag, ring.Tag(content())) {
		t.Fatal("the tag does not hold for its own content")
	}
	for name, other := range map[string]keyring.TagContent{
		"another table":           keyring.NewTagContent("todos").Text("gra_1", "ses_1").Number(7),
		"another number":          keyring.NewTagContent("grants").Text("gra_1", "ses_1").Number(8),
		"a text cut elsewhere":    keyring.NewTagContent("grants").Text("gra_1s", "es_1").Number(7),
		"a number as text":        keyring.NewTagContent("grants").Text("gra_1", "ses_1", "\x00\x00\x00\x00\x00\x00\x00\x07"),
		"one more column":         content().Number(0),
		"absent instead of empty": keyring.NewTagContent("grants").Text("gra_1").Null().Number(7),
	} {
		if ring.VerifyTag(other, tag) {
			t.Errorf("the tag holds for %s", name)
		}
	}
	if open(t, generate(t)).VerifyTag(content(), tag) {
		t.Error("the tag holds under another key file")
	}
	for _, spoilt := range [][]byte{nil, {}, tag[:len(tag)-1], append(bytes.Clone(tag), 0), append([]byte{2}, tag[1:]...)} {
		if ring.VerifyTag(content(), spoilt) {
			t.Errorf("got that tag %x holds, want not", spoilt)
		}
	}
}

func TestTag_AbsentEmptyAndFalseDiffer(t *testing.T) {
	t.Parallel()
	ring := open(t, generate(t))
	tags := map[string]bool{}
	contents := []keyring.TagContent{
		keyring.NewTagContent("t").Null(), keyring.NewTagContent("t").Text(""), keyring.NewTagContent("t").Flag(false),
		keyring.NewTagContent("t").Flag(true), keyring.NewTagContent("t").Number(-1),
	}
	for _, content := range contents {
		tags[string(ring.Tag(content))] = true
	}
	if len(tags) != len(contents) {
		t.Errorf("got %d tags of %d contents", len(tags), len(contents))
	}
}

func TestRenewTag_MovesToTheNewestMaster(t *testing.T) {
	t.Parallel()
	first := generate(t)
	content := keyring.NewTagContent("todos").Text("tod_1")
	tag := open(t, first).Tag(content)
	second := open(t, rotate(t, first, keyring.KindMaster, time.Now()))
	if !second.VerifyTag(content, tag) {
		t.Fatal("the tag does not hold under the older master key")
	}
	renewed, ok := second.RenewTag(content, tag)
	if !ok || bytes.Equal(renewed, tag) || !bytes.Equal(renewed, second.Tag(content)) {
		t.Errorf("got %x, %t, want the tag under the newest key", renewed, ok)
	}
	if again, ok := second.RenewTag(content, renewed); !ok || !bytes.Equal(again, renewed) {
		t.Errorf("got %x, %t, want no change", again, ok)
	}
	if laundered, ok := second.RenewTag(keyring.NewTagContent("todos").Text("tod_2"), tag); ok || laundered != nil {
		t.Errorf("a changed row got the tag %x", laundered)
	}
}

func BenchmarkVerifyTag(b *testing.B) {
	ring := open(b, generate(b))
	text := "sub_0123456789abcdef0123456789abcdef"
	content := keyring.NewTagContent("todos").Text(text, text, text, text, text, text).Number(1, 2, 3, 4)
	tag := ring.Tag(content)
	for b.Loop() {
		if !ring.VerifyTag(content, tag) {
			b.Fatal("it does not hold")
		}
	}
}
