package resilience

import (
	"context"
	"time"

	"renzheng/support"
)

// OfficialAccount guards the pictures of a service account. Its other methods call
// no third party.
func (g *Guard) OfficialAccount(provider string, inner support.OfficialAccount) support.OfficialAccount {
	return &officialAccount{inner, g.circuit(provider, callQRCode, support.ErrBusy)}
}

type officialAccount struct {
	support.OfficialAccount

	circuit *circuit
}

var _ support.OfficialAccount = (*officialAccount)(nil)

// QRCode asks for a picture if the circuit allows it.
func (o *officialAccount) QRCode(ctx context.Context, scene string, life time.Duration) (support.QRCode, error) {
	return execute(ctx, o.circuit, func(ctx context.Context) (support.QRCode, error) {
		return o.OfficialAccount.QRCode(ctx, scene, life)
	}, func(support.QRCode) verdict { return healthy })
}
