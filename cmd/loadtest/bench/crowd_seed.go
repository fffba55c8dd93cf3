package bench

import (
	"context"
	"fmt"
	"time"

	"renzheng/test/people"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// beyond is where the serials of the stuck begin: other persons come before.
const beyond = 10_000

// strand takes persons of a fate to a check and leaves them there.
func (o *services) strand(ctx context.Context, fate people.Fate, persons int, at policy.CheckKind) ([]*stuck, error) {
	all := make([]*stuck, persons)
	for i := range all {
		p, _ := people.New(fate, beyond+i, time.Now())
		v, err := o.welcome(ctx, p)
		if err != nil {
			return nil, err
		}
		view, err := o.verifications.Start(ctx, v.actor, verification.StartRequest{Purpose: policy.Access, Document: &v.document})
		if err != nil {
			return nil, fmt.Errorf("starting a verification: %w", err)
		}
		if at != policy.Face {
			if err = o.passFace(ctx, v, view.ID); err != nil {
				return nil, err
			}
		}
		all[i] = &stuck{person: p, token: v.token, verification: view.ID}
	}
	return all, nil
}
