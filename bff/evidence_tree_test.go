package bff_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// tree is a JSON value that keeps the order of its members and may have a member twice.
type tree struct {
	kind     json.Delim // '{', '[' or 0
	names    []string   // of an object's children
	children []*tree
	scalar   any
}

func parseTree(t *testing.T, d *json.Decoder) *tree {
	t.Helper()
	token, err := d.Token()
	if err != nil {
		t.Fatal(err)
	}
	kind, isDelim := token.(json.Delim)
	if !isDelim {
		return &tree{scalar: token}
	}
	n := &tree{kind: kind}
	for d.More() {
		if kind == '{' {
			name, err := d.Token()
			if err != nil {
				t.Fatal(err)
			}
			text, _ := name.(string)
			n.names = append(n.names, text)
		}
		n.children = append(n.children, parseTree(t, d))
	}
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	return n
}

// text returns a tree as RFC 8785 writes it, but in the order of the tree.
func (n *tree) text(t *testing.T) string {
	t.Helper()
	if n.kind == 0 {
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(n.scalar); err != nil {
			t.Fatal(err)
		}
		return strings.TrimSuffix(out.String(), "\n")
	}
	parts := make([]string, len(n.children))
	for i, child := range n.children {
		parts[i] = child.text(t)
		if n.kind == '{' {
			parts[i] = strconv.Quote(n.names[i]) + ":" + parts[i]
		}
	}
	end := "}"
	if n.kind == '[' {
		end = "]"
	}
	return n.kind.String() + strings.Join(parts, ",") + end
}

// variant is an evidence file that differs from the valid one in a single member.
type variant struct{ name, path, text string }

// variants returns the files in which one member, at any depth, is changed, removed, doubled or new.
func variants(t *testing.T, file []byte) []variant {
	t.Helper()
	root := parseTree(t, json.NewDecoder(bytes.NewReader(file)))
	if root.text(t) != string(file) {
		t.Fatal("the file is not written as the tests write it")
	}
	var all []variant
	walk(root, "", func(what, path string) {
		all = append(all, variant{name: what + " " + path, path: path, text: root.text(t)})
	})
	return all
}

// walk changes the tree into each variant in turn, and calls made while it is that variant.
func walk(n *tree, path string, made func(what, path string)) {
	names, children := n.names, n.children
	if n.kind == '{' {
		n.names, n.children = slices.Insert(slices.Clone(names), 0, "!"), slices.Insert(slices.Clone(children), 0, &tree{scalar: "x"})
		made("added", path+"/!")
	}
	if n.kind == '[' {
		n.children = append(slices.Clone(children), &tree{scalar: "x"})
		made("added", path+"/"+strconv.Itoa(len(children)))
	}
	n.names, n.children = names, children
	for i, child := range children {
		at := path + "/" + strconv.Itoa(i)
		if n.kind == '{' {
			at = path + "/" + names[i]
		}
		n.without(i)
		made("removed", at)
		n.names, n.children = names, children
		n.doubled(i)
		made("doubled", at)
		n.names, n.children = names, children
		for _, other := range otherValues(child) {
			n.children = slices.Clone(children)
			n.children[i] = other
			made("changed", at)
		}
		n.children = children
		walk(child, at, made)
	}
}

func (n *tree) without(i int) {
	if n.kind == '{' {
		n.names = slices.Delete(slices.Clone(n.names), i, i+1)
	}
	n.children = slices.Delete(slices.Clone(n.children), i, i+1)
}

func (n *tree) doubled(i int) {
	if n.kind == '{' {
		n.names = slices.Insert(slices.Clone(n.names), i, n.names[i])
	}
	n.children = slices.Insert(slices.Clone(n.children), i, n.children[i])
}

// otherValues returns values other than v: null, a value of another type, and values that resemble v.
func otherValues(n *tree) []*tree {
	all := []*tree{{scalar: nil}, {scalar: true}, {scalar: "x"}, {kind: '{'}, {kind: '['}}
	if text, isText := n.scalar.(string); isText && text != "" {
		all = append(all, &tree{scalar: ""}, &tree{scalar: text + "A"})
		runes := []rune(text)
		all = append(all, &tree{scalar: string(runes[:len(runes)-1])})
		runes[len(runes)/2] ^= 1
		all = append(all, &tree{scalar: string(runes)})
	}
	return all
}
