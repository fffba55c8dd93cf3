package journey

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"renzheng/providers/registry/registrytest"
	"renzheng/test/harness"
	"renzheng/todo"
)

// isPushed makes the registry push a case in which the person is a signer.
func (v *visit) isPushed(ctx context.Context) error {
	v.pushed = harness.SampleCase(v.person, v.now())
	v.caseID = fmt.Sprintf("journey-%s-%d-%s", v.person.Fate, v.person.Serial, strconv.FormatInt(v.now().UnixNano(), 36))
	var err error
	v.state, err = v.far.push(ctx, v.caseID, v.pushed)
	return v.did("the registry pushes a case", err)
}

// mine returns the signers of the case that are the person.
func (v *visit) mine() []registrytest.SignerState {
	return slices.DeleteFunc(slices.Clone(v.state.Signers), func(s registrytest.SignerState) bool {
		return v.signatory(s.SignerID).Document.Number != v.person.Number
	})
}

func (v *visit) signatory(signerID string) registrytest.Signatory {
	at := slices.IndexFunc(v.pushed.Signers, func(s registrytest.Signatory) bool { return s.SignerID == signerID })
	if at < 0 {
		return registrytest.Signatory{}
	}
	return v.pushed.Signers[at]
}

// seesTodos finds every todo of the case in the list, in this state.
func (v *visit) seesTodos(ctx context.Context, state string) error {
	rows, err := v.client.todos(ctx)
	for _, signer := range v.mine() {
		at := slices.IndexFunc(rows, func(r Row) bool { return r.ID == signer.TodoID })
		switch {
		case err != nil:
		case at < 0:
			err = errors.New("a todo of the person is not in the list")
		default:
			err = v.rowFits(rows[at], signer, state)
		}
	}
	return v.did(fmt.Sprintf("sees %d todo(s) of the last seven days, %s", len(v.mine()), state), err)
}

// represented returns the enterprise that a signer was pushed to represent, or its zero value.
func (v *visit) represented(signerID string) todo.Represented {
	if pushed := v.signatory(signerID).Represents; pushed != nil {
		return *pushed
	}
	return todo.Represented{}
}

func (v *visit) rowFits(row Row, signer registrytest.SignerState, state string) error {
	return errors.Join(
		same("state of the row", row.State, state),
		same("registry", row.RegistryName, harness.RegistryName),
		same("enterprise", row.EnterpriseName, v.pushed.Header.EnterpriseName),
		same("business", row.BusinessKind, string(v.pushed.Header.BusinessKind)),
		same("role", row.Role, v.signatory(signer.SignerID).Role),
		same("represented", row.Represented, v.represented(signer.SignerID).EnterpriseName),
		same("represented to the registry", signer.Represented, row.Represented),
	)
}

// reads opens a todo and checks that it shows everything that was pushed, and nothing
// else.
func (v *visit) reads(ctx context.Context, signer registrytest.SignerState) (Todo, error) {
	got, err := v.client.todo(ctx, signer.TodoID)
	if err == nil {
		err = v.contentFits(got, signer)
	}
	return got, v.did("reads the detail as "+v.signatory(signer.SignerID).Role, err)
}

func (v *visit) contentFits(got Todo, signer registrytest.SignerState) error {
	signatory, header := v.signatory(signer.SignerID), got.Content.Header
	items := slices.Concat(v.pushed.Items, signatory.Items)
	if len(got.Content.Items) != len(items) {
		return differ("items", len(got.Content.Items), len(items))
	}
	for i, item := range got.Content.Items {
		if item.Label != items[i].Label || item.Value != items[i].Value {
			return fmt.Errorf("item %d is not as pushed", i)
		}
	}
	return errors.Join(
		same("digest", got.ContentDigest, signer.ContentDigest), same("revision", got.Revision, signer.Revision),
		same("enterprise", header.EnterpriseName, v.pushed.Header.EnterpriseName),
		same("business", header.BusinessKind, string(v.pushed.Header.BusinessKind)),
		same("mode", header.Mode, string(v.pushed.Header.Mode)),
		same("date", header.AppliedOn, v.pushed.Header.AppliedOn),
		same("case", got.Content.CaseID, v.caseID), same("role", got.Content.Role, signatory.Role),
		same("represents", got.Content.Represents, v.represented(signer.SignerID)),
	)
}
