package failure_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/verification/failure"
)

func TestCatalogue_EveryCode(t *testing.T) {
	t.Parallel()
	codes := failureCodes(t)
	if len(codes) < 36 || len(failure.Catalogue()) != len(codes) {
		t.Errorf("got %d entries for %d codes", len(failure.Catalogue()), len(codes))
	}
	for _, code := range codes {
		if got := failure.Lookup(code); got.Code != code {
			t.Errorf("%s has no entry", code)
		}
	}
}

func TestCatalogue_Texts(t *testing.T) {
	t.Parallel()
	for _, entry := range failure.Catalogue() {
		texts := []identity.Text{entry.Prompt, entry.Cause}
		for _, remedy := range entry.Remedies {
			texts = append(texts, remedy.Text)
		}
		for i, text := range texts {
			for _, language := range identity.Languages() {
				if strings.TrimSpace(text.For(language)) == "" {
					t.Errorf("%s: text %d lacks %s", entry.Code, i, language)
				}
			}
			if strings.ContainsAny(text.Traditional, "证验请时码资换") || strings.ContainsAny(text.Chinese, "證驗請時碼資換") {
				t.Errorf("%s: text %d mixes simplified and traditional characters", entry.Code, i)
			}
			if strings.Contains(text.Traditional, "信息") || strings.Contains(text.Traditional, "資訊") {
				t.Errorf("%s: text %d has another word than 資料", entry.Code, i)
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
	for _, entry := range failure.Catalogue() {
		var kinds []failure.RemedyKind
		for _, remedy := range entry.Remedies {
			if slices.Contains(kinds, remedy.Kind) {
				t.Errorf("%s offers %s twice", entry.Code, remedy.Kind)
			}
			kinds = append(kinds, remedy.Kind)
		}
		end := []failure.RemedyKind{failure.ServiceWindow, failure.TechnicalSupport}
		if len(kinds) < 2 || !slices.Equal(kinds[len(kinds)-2:], end) {
			t.Errorf("%s ends at %v, want the window and support", entry.Code, kinds)
		}
	}
}

// The order is that of effort: mend it, take something else, come later, go
// somewhere else.
func TestCatalogue_RemediesInOrder(t *testing.T) {
	t.Parallel()
	rank := map[failure.RemedyKind]int{
		failure.OtherCard: 1, failure.OtherPhone: 1, failure.AskBank: 1, failure.UseOwnAccount: 1,
		failure.OtherMethod: 2, failure.RetryLater: 3, failure.ServiceWindow: 4, failure.TechnicalSupport: 5,
	}
	for _, entry := range failure.Catalogue() {
		last := 0
		for _, remedy := range entry.Remedies {
			if rank[remedy.Kind] < last {
				t.Errorf("%s offers %s too late", entry.Code, remedy.Kind)
			}
			last = rank[remedy.Kind]
		}
	}
}

// R13: of what was compared nothing is named alone, or a list of names and
// numbers could be tried out.
func TestCatalogue_NeverSaysWhichElement(t *testing.T) {
	t.Parallel()
	together := [][]string{
		{"姓名", "证件号码", "有效期"},
		{"姓名", "證件號碼", "有效期"},
		{"name", "document number", "validity"},
		{"持卡人", "卡号", "手机号"},
		{"持卡人", "卡號", "手機號"},
		{"holder", "card number", "phone"},
	}
	for _, entry := range failure.Catalogue() {
		if !entry.Counted && entry.Code != failure.AccountOwnerDiffers {
			continue // nothing was compared
		}
		for _, language := range identity.Languages() {
			said := strings.ToLower(entry.Prompt.For(language) + entry.Cause.For(language))
			for _, elements := range together {
				named := 0
				for _, element := range elements {
					if strings.Contains(said, element) {
						named++
					}
				}
				if whole := named == len(elements); named != 0 && !whole && !shared(elements, said, together) {
					t.Errorf("%s names %d of %v", entry.Code, named, elements)
				}
			}
		}
	}
}

// shared reports whether what is named of elements is named as part of another
// list that is complete: some words are the same in both scripts.
func shared(elements []string, said string, lists [][]string) bool {
	return slices.ContainsFunc(lists, func(other []string) bool {
		for _, element := range other {
			if !strings.Contains(said, element) {
				return false
			}
		}
		for _, element := range elements {
			if strings.Contains(said, element) && !slices.Contains(other, element) {
				return false
			}
		}
		return true
	})
}

func TestCatalogue_WhatCounts(t *testing.T) {
	t.Parallel()
	want := []failure.Code{
		failure.IdentityNotConfirmed, failure.FaceDiffers, failure.FaceQuality,
		failure.FaceLiveness, failure.FaceNoRecord, failure.CardDiffers,
	}
	for _, entry := range failure.Catalogue() {
		if entry.Counted != slices.Contains(want, entry.Code) {
			t.Errorf("%s: got counted %t", entry.Code, entry.Counted)
		}
		if entry.Kind == failure.KindTechnical && (entry.Counted || !entry.Retryable) {
			t.Errorf("%s is technical: it must use no try and allow another", entry.Code)
		}
	}
}

func TestLookup_UnknownCode(t *testing.T) {
	t.Parallel()
	if got := failure.Lookup("vendor_said_0x42"); got.Code != failure.TryAgainLater || got.Counted {
		t.Errorf("got %s, counted %t; want the safe entry", got.Code, got.Counted)
	}
}

// failureCodes returns the codes of code.go.
func failureCodes(t *testing.T) []failure.Code {
	t.Helper()
	return slices.Collect(maps.Values(failureNames(t)))
}

// failureNames returns the constants of code.go, by their names in Go.
func failureNames(t *testing.T) map[string]failure.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]failure.Code{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for i, value := range spec.Values {
			literal, ok := value.(*ast.BasicLit)
			if !ok {
				t.Fatalf("%s is no literal", spec.Names[0])
			}
			code, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			names[spec.Names[i].Name] = failure.Code(code)
		}
		return true
	})
	return names
}
