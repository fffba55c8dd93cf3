package todo_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"renzheng/receipt"
	"renzheng/strictjson"
	"renzheng/todo"
)

// published is an opening as docs/registry.md prints it.
type published struct {
	Domain string          `json:"domain"`
	Salt   string          `json:"salt"`
	Value  json.RawMessage `json:"value"`
}

// docs returns the text of docs/registry.md after a heading.
func docs(t *testing.T, heading string) string {
	t.Helper()
	raw, err := os.ReadFile("../docs/registry.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(raw), heading+"\n")
	if !ok {
		t.Fatalf("docs/registry.md lacks %s", heading)
	}
	return section
}

// block returns the text between a fence and the next one, and the text after that.
func block(t *testing.T, text, fence string) (inside, rest string) {
	t.Helper()
	_, text, ok := strings.Cut(text, "\n"+fence+"\n")
	inside, rest, closed := strings.Cut(text, "\n```\n")
	if !ok || !closed {
		t.Fatalf("docs/registry.md lacks a block %s", fence)
	}
	return inside, rest
}

// TestDocs_CommitmentsAreWhatThePageSays computes the published commitments only from what the page says.
func TestDocs_CommitmentsAreWhatThePageSays(t *testing.T) {
	t.Parallel()
	section := docs(t, "### Computing a commitment")
	lines, rest := block(t, section, "```")
	statement, _ := block(t, rest, "```json")
	var sealed map[string]receipt.Commitment
	if err := json.Unmarshal([]byte(statement), &sealed); err != nil {
		t.Fatal(err)
	}
	var openings []receipt.Opening
	for line := range strings.SplitSeq(lines, "\n") {
		var o published
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		salt, err := base64.RawURLEncoding.DecodeString(o.Salt)
		if err != nil || len(salt) != 32 {
			t.Fatalf("%s: the salt has %d bytes, want 32", o.Domain, len(salt))
		}
		digest := sha256.Sum256(joined(o.Domain, "\x00", string(salt), string(o.Value)))
		member := memberOf(t, section, o.Domain)
		if got := base64.RawURLEncoding.EncodeToString(digest[:]); got != string(sealed[member]) {
			t.Errorf("%s: got %s, want %s as published", member, got, sealed[member])
		}
		openings = append(openings, receipt.Opening{Domain: o.Domain, Salt: receipt.Salt(salt), Value: o.Value})
	}
	s := receipt.Statement{
		ContentDigest: sealed["content_digest"], Signer: sealed["signer"], Case: sealed["case"],
		Portrait: sealed["portrait"], Handwriting: sealed["handwriting"],
	}
	if err := receipt.CheckOpenings(s, openings); err != nil {
		t.Errorf("the published values do not open the published commitments: %v", err)
	}
}

func joined(parts ...string) []byte { return []byte(strings.Join(parts, "")) }

// memberOf returns the member of the receipt that the page's table names for a domain.
func memberOf(t *testing.T, section, domain string) string {
	t.Helper()
	for line := range strings.SplitSeq(section, "\n") {
		if cells := strings.Split(line, "|"); len(cells) > 3 && strings.TrimSpace(cells[2]) == "`"+domain+"`" {
			return strings.Trim(cells[1], " `")
		}
	}
	t.Fatalf("the table lacks %s", domain)
	return ""
}

// TestDocs_ValuesHaveTheShapeThatIsSealed compares the published values with the types that receipts commit to.
func TestDocs_ValuesHaveTheShapeThatIsSealed(t *testing.T) {
	t.Parallel()
	lines, _ := block(t, docs(t, "### Computing a commitment"), "```")
	for line := range strings.SplitSeq(lines, "\n") {
		var o published
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		switch o.Domain {
		case receipt.DomainContent:
			var content todo.Content
			if err := strictjson.Decode(o.Value, &content); err != nil {
				t.Error(err)
			}
			if !receipt.Opens(o.Domain, receipt.Salt{1}, content, commitTo(t, o)) {
				t.Error("the published content lacks something that is sealed")
			}
		case receipt.DomainHandwriting:
			var value struct{ Strokes string }
			if err := json.Unmarshal(o.Value, &value); err != nil {
				t.Fatal(err)
			}
			if _, err := todo.DecodeStrokes(value.Strokes); err != nil {
				t.Errorf("the published strokes cannot be read: %v", err)
			}
		}
	}
}

func commitTo(t *testing.T, o published) receipt.Commitment {
	t.Helper()
	commitment, err := receipt.Commit(o.Domain, receipt.Salt{1}, o.Value)
	if err != nil {
		t.Fatal(err)
	}
	return commitment
}
