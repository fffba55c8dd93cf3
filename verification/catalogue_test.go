package verification_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"renzheng/verification"
)

func TestCatalogue_EveryCode(t *testing.T) {
	t.Parallel()
	codes := failureCodes(t)
	if len(codes) < 20 || len(verification.Catalogue()) != len(codes) {
		t.Errorf("got %d entries for %d codes", len(verification.Catalogue()), len(codes))
	}
	for _, code := range codes {
		if got := verification.Lookup(code); got.Code != code {
			t.Errorf("%s has no entry", code)
		}
	}
}

func TestCatalogue_Texts(t *testing.T) {
	t.Parallel()
	for _, entry := range verification.Catalogue() {
		texts := []verification.Text{entry.Prompt, entry.Cause}
		for _, remedy := range entry.Remedies {
			texts = append(texts, remedy.Text)
		}
		for i, text := range texts {
			for _, language := range []string{verification.Chinese, verification.English} {
				if strings.TrimSpace(text[language]) == "" {
					t.Errorf("%s: text %d lacks %s", entry.Code, i, language)
				}
			}
		}
		if entry.Kind == "" {
			t.Errorf("%s has no kind", entry.Code)
		}
	}
}

// Whatever went wrong, the last two ways are open: they need neither face nor card.
func TestCatalogue_AlwaysAWayOut(t *testing.T) {
	t.Parallel()
	for _, entry := range verification.Catalogue() {
		var kinds []verification.RemedyKind
		for _, remedy := range entry.Remedies {
			if slices.Contains(kinds, remedy.Kind) {
				t.Errorf("%s offers %s twice", entry.Code, remedy.Kind)
			}
			kinds = append(kinds, remedy.Kind)
		}
		end := []verification.RemedyKind{verification.ServiceWindow, verification.TechnicalSupport}
		if len(kinds) < 2 || !slices.Equal(kinds[len(kinds)-2:], end) {
			t.Errorf("%s ends at %v, want the window and support", entry.Code, kinds)
		}
	}
}

// R13: of what was typed nothing is named alone, or a list of names and
// numbers could be tried out.
func TestCatalogue_NeverSaysWhichElement(t *testing.T) {
	t.Parallel()
	together := [][]string{
		{"姓名", "证件号码"},
		{"name", "document number"},
		{"持卡人", "卡号", "手机号"},
		{"older", "card number", "phone"},
	}
	for _, code := range []verification.FailureCode{
		verification.IdentityNotConfirmed, verification.AccountOwnerDiffers, verification.CardDiffers,
	} {
		entry := verification.Lookup(code)
		for _, text := range []verification.Text{entry.Prompt, entry.Cause} {
			for _, elements := range together {
				named := 0
				for _, element := range elements {
					if strings.Contains(text[verification.Chinese]+text[verification.English], element) {
						named++
					}
				}
				if named != 0 && named != len(elements) {
					t.Errorf("%s names %d of %v", code, named, elements)
				}
			}
		}
	}
}

func TestCatalogue_WhatCounts(t *testing.T) {
	t.Parallel()
	want := []verification.FailureCode{
		verification.IdentityNotConfirmed, verification.FaceDiffers, verification.FaceQuality,
		verification.FaceLiveness, verification.FaceNoRecord, verification.CardDiffers,
	}
	for _, entry := range verification.Catalogue() {
		if entry.Counted != slices.Contains(want, entry.Code) {
			t.Errorf("%s: got counted %t", entry.Code, entry.Counted)
		}
		if entry.Kind == verification.KindTechnical && (entry.Counted || !entry.Retryable) {
			t.Errorf("%s is technical: it must use no try and allow another", entry.Code)
		}
	}
}

func TestLookup_UnknownCode(t *testing.T) {
	t.Parallel()
	if got := verification.Lookup("vendor_said_0x42"); got.Code != verification.TryAgainLater || got.Counted {
		t.Errorf("got %s, counted %t; want the safe entry", got.Code, got.Counted)
	}
}

func TestText_For(t *testing.T) {
	t.Parallel()
	text := verification.Text{verification.Chinese: "好", verification.English: "good"}
	if text.For("en") != "good" || text.For("zh-Hans") != "好" || text.For("fr") != "好" {
		t.Error("an unknown language must give the default one")
	}
}

// failureCodes reads the constants of failure.go.
func failureCodes(t *testing.T) []verification.FailureCode {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "failure.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []verification.FailureCode
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for _, value := range spec.Values {
			literal, ok := value.(*ast.BasicLit)
			if !ok {
				t.Fatalf("%s is no literal", spec.Names[0])
			}
			code, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, verification.FailureCode(code))
		}
		return true
	})
	return codes
}
