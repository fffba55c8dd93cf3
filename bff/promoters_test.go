package bff_test

import (
	"fmt"
	"net/http"
	"testing"

	"renzheng/identity"
)

// promoters returns two hundred persons as signers in three roles each. Zhang is one of them.
func promoters() []object {
	persons := []object{zhang()}
	for i := 1; i < 200; i++ {
		body := fmt.Sprintf("11010119900101%03d", i)
		check, _ := identity.CheckCharacter(body)
		persons = append(persons, object{"type": "resident_id", "number": body + string(check), "name": "王发起"})
	}
	var signers []object
	for _, role := range []string{"发起人", "股东", "董事"} {
		for _, person := range persons {
			signers = append(signers, object{
				"signer_id": fmt.Sprintf("promoter-%d", len(signers)), "role": role, "document": person,
				"items": []object{{"label": "认购股份", "value": "壹佰万股"}, {"label": "出资方式", "value": "货币"}},
			})
		}
	}
	return signers
}

func TestRegistry_PushesAJointStockCompany(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	pushed := w.push(t, "case-1", with(sampleCase(1), "signers", promoters())).want(t, http.StatusCreated, "")
	if n := len(pushed.list(t, "signers")); n != 600 {
		t.Errorf("got %d signers, want 600", n)
	}
	mine := p.call(t, http.MethodGet, "/v1/todos", nil).list(t, "todos")
	if len(mine) != 3 {
		t.Fatalf("got %d todos for one promoter, want one for each role", len(mine))
	}
	for _, row := range mine {
		id, _ := row["id"].(string)
		shown := p.call(t, http.MethodGet, "/v1/todos/"+id, nil).want(t, http.StatusOK, "")
		p.call(t, http.MethodPost, "/v1/todos/"+id+"/confirmation", p.sign(t, shown)).want(t, http.StatusCreated, "")
	}
	answered := 0
	for _, signer := range w.registry(t, http.MethodGet, "/cases/case-1").list(t, "signers") {
		if signer["kind"] == "answered" {
			answered++
		}
	}
	if answered != 3 {
		t.Errorf("the registry sees %d answers, want 3", answered)
	}
}
