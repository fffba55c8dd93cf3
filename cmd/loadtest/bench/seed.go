package bench

import (
	"context"
	"fmt"
	"time"

	"renzheng/test/people"
	"renzheng/todo"
)

// listLength is how many todos the measured list shows.
const listLength = 20

// seeds are what the loads are made of.
type seeds struct {
	reader        client // has listLength todos
	confirmations []confirmation
}

// seed fills the database: one person with a full list, and others who have
// verified once more and are about to confirm. First is the serial of the first person.
func (o *services) seed(ctx context.Context, first, persons, confirmations int) (seeds, error) {
	now := time.Now()
	var s seeds
	var err error
	reader, _ := people.New(people.Passes, first, now)
	if s.reader, err = o.admit(ctx, reader); err != nil {
		return seeds{}, err
	}
	for i := range listLength {
		if _, err = o.push(ctx, fmt.Sprintf("list-%d-%d", first, i), []client{s.reader}); err != nil {
			return seeds{}, err
		}
	}
	signers := make([]client, persons)
	for i := range signers {
		p, _ := people.New(people.Passes, first+i+1, now)
		if signers[i], err = o.admit(ctx, p); err != nil {
			return seeds{}, err
		}
	}
	for i := 0; len(s.confirmations) < confirmations; i++ {
		opened, err := o.push(ctx, fmt.Sprintf("confirm-%d-%d", first, i), signers)
		if err != nil {
			return seeds{}, err
		}
		for n, t := range opened {
			ready, err := o.readyToConfirm(ctx, signers[n], t)
			if err != nil {
				return seeds{}, err
			}
			s.confirmations = append(s.confirmations, ready)
		}
	}
	s.confirmations = s.confirmations[:confirmations]
	return s, nil
}

// push opens a case with a todo for each signer and returns the todos in their order.
func (o *services) push(ctx context.Context, caseID string, signers []client) ([]string, error) {
	push := todo.Push{
		RegistryID: registryID, CaseID: caseID, Revision: 1,
		Header: sampleHeader(), Items: sampleItems(),
	}
	for i, v := range signers {
		push.Signers = append(push.Signers, todo.Signer{SignerID: fmt.Sprintf("S%d", i), Role: "股东", Document: v.document})
	}
	pushed, err := o.todos.Push(ctx, push)
	if err != nil {
		return nil, fmt.Errorf("pushing a case: %w", err)
	}
	ids := make([]string, len(signers))
	for _, t := range pushed.Case.Todos {
		var n int
		if _, err := fmt.Sscanf(t.SignerID, "S%d", &n); err != nil {
			return nil, fmt.Errorf("reading a signer's id: %w", err)
		}
		ids[n] = t.ID
	}
	return ids, nil
}
