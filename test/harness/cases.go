package harness

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/test/people"
	"renzheng/todo"
)

// SampleCase returns a case that a person has to answer, in several roles if that is
// the person's fate. The case has a second signer.
func SampleCase(p people.Person, now time.Time) registrytest.Case {
	other, _ := people.New(people.Passes, p.Serial+1, now)
	signers := []registrytest.Signatory{}
	for i, role := range rolesOf(p) {
		s := signatory(p, "S"+strconv.Itoa(i+1), role)
		s.Document.Name = p.CaseName()
		if p.Fate == people.Represents && i == 0 {
			s.Represents = legalPerson()
		}
		signers = append(signers, s)
	}
	signers = append(signers, signatory(other, "S9", "监事"))
	return registrytest.Case{
		Revision: 1,
		Header: todo.Header{
			EnterpriseName: "样例" + trade(p.Serial) + "有限公司（模拟）", BusinessKind: businessOf(p.Serial), Mode: todo.Online,
			AppliedOn: now.UTC().Format(time.DateOnly),
		},
		Items: []todo.Item{
			{Label: "注册资本", Value: "壹佰万元人民币"},
			{Label: "住所", Value: "样例市模拟区沙盒路"},
			{Label: "经营范围", Value: "一般项目：模拟业务演示；\n许可项目：无。"},
		},
		Signers: signers,
	}
}

func signatory(p people.Person, id, role string) registrytest.Signatory {
	return registrytest.Signatory{
		SignerID: id, Role: role,
		Document: registrytest.Document{Type: string(p.Type()), Number: p.Number, Name: p.Name},
		Items:    []todo.Item{{Label: "本人身份", Value: role}},
	}
}

func rolesOf(p people.Person) []string {
	roles, several := map[people.Fate][]string{
		people.ThreeRoles: {"法定代表人", "股东", "财务负责人"},
		people.Represents: {"股东", "监事"},
	}[p.Fate]
	if !several {
		return []string{"股东"}
	}
	return roles
}

// legalPerson returns a company that is a shareholder. Its credit code has an area
// that was never assigned.
func legalPerson() *todo.Represented {
	return &todo.Represented{EnterpriseName: "样例沙盒投资有限公司（模拟）", CreditCode: "91000000MA0000000N", Capacity: "法定代表人"}
}

func businessOf(serial int) todo.BusinessKind {
	kinds := []todo.BusinessKind{todo.Establishment, todo.Change, todo.Deregistration}
	return kinds[serial%len(kinds)]
}

func trade(serial int) string {
	trades := []string{"沙盒餐饮", "演示商贸", "模拟科技", "虚构物流", "练习建材"}
	return trades[serial%len(trades)]
}

// PushSamples pushes a case for every listed person, unless it was pushed in the same
// week: the id of a case contains the week.
func (s *Sandbox) PushSamples(ctx context.Context) error {
	now := s.clock.now()
	week := now.Unix() / int64(todo.Window/time.Second)
	began := time.Unix(week*int64(todo.Window/time.Second), 0)
	var problems []error
	for i, p := range people.Listed(now) {
		c := SampleCase(p, began)
		c.Header.BusinessKind, c.Header.EnterpriseName = businessOf(i), "样例"+trade(i)+"有限公司（模拟）"
		if _, err := s.push(ctx, fmt.Sprintf("sample-%d-%s", week, p.Fate), c); err != nil {
			problems = append(problems, fmt.Errorf("pushing the case of %s: %w", p.Fate, err))
		}
	}
	return errors.Join(problems...)
}

// serveSampleCase pushes one more case for a person.
func (s *Sandbox) serveSampleCase(out http.ResponseWriter, r *http.Request) {
	now := s.clock.now()
	p, found := people.ByOpenID(r.PathValue("open_id"), now)
	if !found {
		http.Error(out, "no such sample person 没有这个样例人员", http.StatusNotFound)
		return
	}
	caseID := "sample-" + strconv.FormatInt(now.UnixNano(), 36)
	if _, err := s.push(r.Context(), caseID, SampleCase(p, now)); err != nil {
		answer(out, nil, err)
		return
	}
	http.Redirect(out, r, "/#pushed", http.StatusSeeOther)
}
