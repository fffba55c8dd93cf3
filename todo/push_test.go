package todo_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/todo"
)

// registries knows one registry.
type registries struct{}

func (registries) Registry(id string) (todo.Registry, bool) {
	return todo.Registry{ID: id, Name: "测试市监局"}, id == "sd"
}

// noCases is a store that has no case and takes whatever is planned.
type noCases struct {
	todo.CaseStore

	applied *todo.CasePlan
}

func (noCases) Case(context.Context, string, string) (todo.Case, error) {
	return todo.Case{}, todo.ErrNotFound
}

func (n noCases) ApplyCase(_ context.Context, p todo.CasePlan) (todo.Case, error) {
	*n.applied = p
	return p.Case, nil
}

func noon() time.Time { return time.Date(2026, 11, 21, 4, 0, 0, 123_456_789, time.UTC) }

func document(t *testing.T) identity.Document {
	t.Helper()
	d, err := identity.ParseDocument(identity.ResidentID, "11010519491231002X", "张三")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func validPush(t *testing.T) todo.Push {
	t.Helper()
	return todo.Push{
		RegistryID: "sd", CaseID: "2026-1", Revision: 1,
		Header: todo.Header{
			EnterpriseName: "山东示例有限公司", BusinessKind: todo.Establishment, Mode: todo.Online, AppliedOn: "2026-11-20",
		},
		Items: []todo.Item{{Label: "经营范围", Value: "软件开发\n技术服务"}},
		Signers: []todo.Signer{
			{
				SignerID: "a", Role: "股东", Document: document(t), Items: []todo.Item{{Label: "出资额", Value: "壹万元"}},
				Represents: &todo.Represented{EnterpriseName: "山东样例投资有限公司", CreditCode: "91000000MA0000000N", Capacity: "法定代表人"},
			},
			{SignerID: "b", Role: "监事", Document: document(t)},
		},
	}
}

func TestPush_RefusesWhatCannotBeShown(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		spoil         func(p *todo.Push)
		pointer, rule string
	}{
		"a case id with a space":             {func(p *todo.Push) { p.CaseID = "a b" }, "/case_id", todo.RuleID},
		"a case id that is too long":         {func(p *todo.Push) { p.CaseID = strings.Repeat("a", 65) }, "/case_id", todo.RuleID},
		"a case id of one dot":               {func(p *todo.Push) { p.CaseID = "." }, "/case_id", todo.RuleID},
		"a case id of two dots":              {func(p *todo.Push) { p.CaseID = ".." }, "/case_id", todo.RuleID},
		"a signer id of one dot":             {func(p *todo.Push) { p.Signers[1].SignerID = "." }, "/signers/1/signer_id", todo.RuleID},
		"a signer id of two dots":            {func(p *todo.Push) { p.Signers[1].SignerID = ".." }, "/signers/1/signer_id", todo.RuleID},
		"a signer id in Han":                 {func(p *todo.Push) { p.Signers[1].SignerID = "乙" }, "/signers/1/signer_id", todo.RuleID},
		"revision 0":                         {func(p *todo.Push) { p.Revision = 0 }, "/revision", todo.RuleRevision},
		"a revision that JSON readers round": {func(p *todo.Push) { p.Revision = 1 << 53 }, "/revision", todo.RuleRevision},
		"nobody to sign":                     {func(p *todo.Push) { p.Signers = nil }, "/signers", todo.RuleNoSigner},
		"one signer id twice":                {func(p *todo.Push) { p.Signers[1].SignerID = "a" }, "/signers/1/signer_id", todo.RuleSignerTwice},
		"a signer without document":          {func(p *todo.Push) { p.Signers[0].Document = identity.Document{} }, "/signers/0/document", todo.RuleNoDocument},
		"601 signers":                        {func(p *todo.Push) { p.Signers = make([]todo.Signer, 601) }, "/signers", todo.RuleTooMany},
		"201 persons":                        {func(p *todo.Push) { p.Signers = persons(t, 201) }, "/signers", todo.RulePersons},
		"201 items":                          {func(p *todo.Push) { p.Items = make([]todo.Item, 201) }, "/items", todo.RuleTooMany},
		"200 items and one of a signer":      {func(p *todo.Push) { p.Items = lines(200) }, "/signers/0/items", todo.RuleTooMany},
		"a long case shown to many":          {shownToMany, "/items", todo.RuleTooLarge},
		"an unknown business kind":           {func(p *todo.Push) { p.Header.BusinessKind = "merger" }, "/header/business_kind", todo.RuleKind},
		"another business without label":     {func(p *todo.Push) { p.Header.BusinessKind = todo.OtherBusiness }, "/header/business_label", todo.RuleLabelMissing},
		"an unknown mode":                    {func(p *todo.Push) { p.Header.Mode = "by_post" }, "/header/mode", todo.RuleMode},
		"a day that is none":                 {func(p *todo.Push) { p.Header.AppliedOn = "2026-02-30" }, "/header/applied_on", identity.RuleDateFormat},
		"a label of 101 characters":          {func(p *todo.Push) { p.Items[0].Label = strings.Repeat("字", 101) }, "/items/0/label", identity.RuleTextLength},
		"a label of two lines":               {func(p *todo.Push) { p.Items[0].Label = "经营\n范围" }, "/items/0/label", identity.RuleTextControl},
		"a value of 2001 characters":         {func(p *todo.Push) { p.Items[0].Value = strings.Repeat("字", 2001) }, "/items/0/value", identity.RuleTextLength},
		"a value of 101 lines":               {func(p *todo.Push) { p.Items[0].Value = strings.Repeat("\n", 100) + "字" }, "/items/0/value", identity.RuleTextLength},
		"an amount that is struck out":       {func(p *todo.Push) { p.Items[0].Value = "9\u03360\u03360\u0336万元" }, "/items/0/value", identity.RuleTextCharacter},
		"a value that turns direction":       {func(p *todo.Push) { p.Signers[0].Items[0].Value = "\u202e元万壹" }, "/signers/0/items/0/value", identity.RuleTextBidi},
		"a tag in a value":                   {func(p *todo.Push) { p.Items[0].Value = "<b>x</b>" }, "/items/0/value", identity.RuleTextMarkup},
		"a tag in an enterprise's name":      {func(p *todo.Push) { p.Header.EnterpriseName = "A<B>公司" }, "/header/enterprise_name", identity.RuleTextMarkup},
		"a zero-width space in a label":      {func(p *todo.Push) { p.Items[0].Label = "注\u200b册" }, "/items/0/label", identity.RuleTextCharacter},
		"190 marks on one letter":            {func(p *todo.Push) { p.Items[0].Value = "a" + strings.Repeat("\u0301", 190) }, "/items/0/value", identity.RuleTextMarks},
		"a value of broken bytes":            {func(p *todo.Push) { p.Items[0].Value = "\xed\xa0\x80" }, "/items/0/value", identity.RuleTextUTF8},
		"an enterprise without name":         {func(p *todo.Push) { p.Signers[0].Represents.EnterpriseName = "" }, "/signers/0/represents/enterprise_name", identity.RuleTextEmpty},
		"a wrong credit code":                {func(p *todo.Push) { p.Signers[0].Represents.CreditCode = "91000000MA0000000R" }, "/signers/0/represents/credit_code", identity.RuleCreditCodeChecksum},
		"a representative in no capacity":    {func(p *todo.Push) { p.Signers[0].Represents.Capacity = "" }, "/signers/0/represents/capacity", identity.RuleTextEmpty},
		"an empty role":                      {func(p *todo.Push) { p.Signers[0].Role = " " }, "/signers/0/role", identity.RuleTextEmpty},
	}
	s := todo.New(todo.Deps{Registries: registries{}, Clock: noon})
	for name, c := range cases {
		p := validPush(t)
		c.spoil(&p)
		_, err := s.Push(t.Context(), p)
		wantViolations(t, name, err, todo.Violation{Pointer: c.pointer, Rule: c.rule})
	}
}

// wantViolations requires an error with exactly these violations in this order.
func wantViolations(t *testing.T, name string, err error, want ...todo.Violation) {
	t.Helper()
	var rejected *todo.RejectedError
	if !errors.As(err, &rejected) || rejected.Code != todo.CodeContentInvalid || !slices.Equal(rejected.Violations, want) {
		t.Errorf("%s: got %v, want %v", name, err, want)
	}
}

func TestPush_ReportsEverythingAtOnce(t *testing.T) {
	t.Parallel()
	p := validPush(t)
	p.CaseID, p.Revision = "..", 0
	p.Header = todo.Header{BusinessKind: todo.OtherBusiness, Mode: "by_post", AppliedOn: "2026-02-30"}
	p.Items[0] = todo.Item{Label: "<b>", Value: ""}
	p.Signers[0].SignerID, p.Signers[0].Represents = ".", &todo.Represented{CreditCode: "9"}
	p.Signers[1].SignerID, p.Signers[1].Role = ".", "a\tb"
	p.Signers[1].Document = identity.Document{}
	p.Signers[1].Misread = []identity.FieldError{
		{Field: identity.FieldNumber, Rule: identity.RuleNumberChecksum}, {Field: identity.FieldName, Rule: identity.RuleNameEmpty},
	}
	_, err := todo.New(todo.Deps{Registries: registries{}, Clock: noon}).Push(t.Context(), p)
	wantViolations(t, "everything", err, []todo.Violation{
		{Pointer: "/case_id", Rule: todo.RuleID},
		{Pointer: "/revision", Rule: todo.RuleRevision},
		{Pointer: "/header/enterprise_name", Rule: identity.RuleTextEmpty},
		{Pointer: "/header/business_label", Rule: todo.RuleLabelMissing},
		{Pointer: "/header/mode", Rule: todo.RuleMode},
		{Pointer: "/header/applied_on", Rule: identity.RuleDateFormat},
		{Pointer: "/items/0/label", Rule: identity.RuleTextMarkup},
		{Pointer: "/items/0/value", Rule: identity.RuleTextEmpty},
		{Pointer: "/signers/0/signer_id", Rule: todo.RuleID},
		{Pointer: "/signers/0/represents/enterprise_name", Rule: identity.RuleTextEmpty},
		{Pointer: "/signers/0/represents/credit_code", Rule: identity.RuleCreditCodeFormat},
		{Pointer: "/signers/0/represents/capacity", Rule: identity.RuleTextEmpty},
		{Pointer: "/signers/1/signer_id", Rule: todo.RuleSignerTwice},
		{Pointer: "/signers/1/signer_id", Rule: todo.RuleID},
		{Pointer: "/signers/1/role", Rule: identity.RuleTextControl},
		{Pointer: "/signers/1/document/number", Rule: identity.RuleNumberChecksum},
		{Pointer: "/signers/1/document/name", Rule: identity.RuleNameEmpty},
	}...)
	if !strings.Contains(err.Error(), "17 in all") {
		t.Errorf("got %q, want the number of violations in the log", err)
	}
}

func TestPush_BoundsWhatItReports(t *testing.T) {
	t.Parallel()
	p := validPush(t)
	p.Signers = make([]todo.Signer, todo.MaxSigners) // each breaks three rules
	_, err := todo.New(todo.Deps{Registries: registries{}, Clock: noon}).Push(t.Context(), p)
	var rejected *todo.RejectedError
	if !errors.As(err, &rejected) || len(rejected.Violations) != todo.MaxViolations {
		t.Errorf("got %v, want %d violations", err, todo.MaxViolations)
	}
}

// persons returns n signers who are different persons.
func persons(t *testing.T, n int) []todo.Signer {
	t.Helper()
	signers := make([]todo.Signer, n)
	for i := range signers {
		body := fmt.Sprintf("11010119900101%03d", i)
		check, _ := identity.CheckCharacter(body)
		d, err := identity.ParseDocument(identity.ResidentID, body+string(check), "张三")
		if err != nil {
			t.Fatal(err)
		}
		signers[i] = todo.Signer{SignerID: strconv.Itoa(i), Role: "发起人", Document: d}
	}
	return signers
}

// shownToMany turns a push into one of a hundred kilobytes whose contents for all signers are seventy megabytes.
func shownToMany(p *todo.Push) {
	p.Items = lines(20)
	for i := range p.Items {
		p.Items[i].Value = strings.Repeat("字", todo.MaxValueRunes)
	}
	for i := len(p.Signers); i < todo.MaxSigners; i++ {
		signer := p.Signers[1]
		signer.SignerID = strconv.Itoa(i)
		p.Signers = append(p.Signers, signer)
	}
}

func lines(n int) []todo.Item {
	items := make([]todo.Item, n)
	for i := range items {
		items[i] = todo.Item{Label: "项", Value: "值"}
	}
	return items
}

func TestPush_ShowsCaseAndOwnItems(t *testing.T) {
	t.Parallel()
	var plan todo.CasePlan
	s := todo.New(todo.Deps{Registries: registries{}, Cases: noCases{applied: &plan}, Clock: noon, Rand: rand.Reader})
	result, err := s.Push(t.Context(), validPush(t))
	if err != nil || !result.Created || !result.Changed || len(plan.Open) != 2 {
		t.Fatalf("got %d todos (%v), want two", len(plan.Open), err)
	}
	first, second := plan.Open[0], plan.Open[1]
	if len(first.Content.Items) != 2 || first.Content.Items[1].Label != "出资额" || len(second.Content.Items) != 1 {
		t.Error("a signer is shown other items than the case's and their own")
	}
	if first.Content.RegistryName != "测试市监局" || first.Content.Role != "股东" {
		t.Error("the content lacks the configured name or the role")
	}
	if !first.ExpiresAt.Equal(first.OpenedAt.Add(7*24*time.Hour)) || first.OpenedAt.Nanosecond()%1_000_000 != 0 {
		t.Errorf("got a window from %v to %v, want 7 × 24 h in whole milliseconds", first.OpenedAt, first.ExpiresAt)
	}
	if first.ContentSalt == second.ContentSalt || first.ContentDigest == second.ContentDigest {
		t.Error("two contents share salt or digest")
	}
}

func TestPush_SaysOnWhoseBehalfEachSignerAnswers(t *testing.T) {
	t.Parallel()
	var plan todo.CasePlan
	s := todo.New(todo.Deps{Registries: registries{}, Cases: noCases{applied: &plan}, Clock: noon, Rand: rand.Reader})
	if _, err := s.Push(t.Context(), validPush(t)); err != nil {
		t.Fatal(err)
	}
	forCompany, forThemselves := plan.Open[0], plan.Open[1]
	want := todo.Represented{EnterpriseName: "山东样例投资有限公司", CreditCode: "91000000MA0000000N", Capacity: "法定代表人"}
	if forCompany.Content.Represents != want || forCompany.Headline.Represented != want.EnterpriseName {
		t.Errorf("got %+v in the content and %q in the list, want the company", forCompany.Content.Represents, forCompany.Headline.Represented)
	}
	if forThemselves.Content.Represents != (todo.Represented{}) || forThemselves.Headline.Represented != "" {
		t.Errorf("got %+v for somebody who represents nobody", forThemselves.Content.Represents)
	}
}

func TestPush_TakesTwoHundredPersonsInThreeRolesEach(t *testing.T) {
	t.Parallel()
	p := validPush(t)
	p.Signers = nil
	for role, name := range []string{"发起人", "股东", "董事"} {
		for _, signer := range persons(t, todo.MaxPersons) {
			signer.SignerID, signer.Role = fmt.Sprintf("%d-%s", role, signer.SignerID), name
			p.Signers = append(p.Signers, signer)
		}
	}
	var plan todo.CasePlan
	s := todo.New(todo.Deps{Registries: registries{}, Cases: noCases{applied: &plan}, Clock: noon, Rand: rand.Reader})
	if _, err := s.Push(t.Context(), p); err != nil || len(plan.Open) != todo.MaxSigners {
		t.Errorf("got %d todos (%v), want %d", len(plan.Open), err, todo.MaxSigners)
	}
}

func TestPush_UnknownRegistry(t *testing.T) {
	t.Parallel()
	p := validPush(t)
	p.RegistryID = "xx"
	_, err := todo.New(todo.Deps{Registries: registries{}, Clock: noon}).Push(t.Context(), p)
	if !errors.Is(err, todo.ErrNotFound) {
		t.Errorf("got %v, want not found", err)
	}
}

func TestPush_GivesUpWhenTheCaseNeverStandsStill(t *testing.T) {
	t.Parallel()
	tries := 0
	s := todo.New(todo.Deps{Registries: registries{}, Cases: restless{tries: &tries}, Clock: noon, Rand: rand.Reader})
	_, err := s.Push(t.Context(), validPush(t))
	if !errors.Is(err, todo.ErrConflict) || tries != 5 {
		t.Errorf("got %v after %d tries, want a conflict after 5", err, tries)
	}
}

// restless is a store in which somebody else is always faster.
type restless struct {
	noCases

	tries *int
}

func (r restless) ApplyCase(context.Context, todo.CasePlan) (todo.Case, error) {
	*r.tries++
	return todo.Case{}, todo.ErrConflict
}
