package bff

import (
	"context"

	"renzheng/receipt"
)

// receiptBody is a receipt with the key that it was sealed with. Its members are in the order of RFC 8785, here and in
// keyBody, because the verifier accepts only that text.
type receiptBody struct {
	Format  string   `json:"format" doc:"Identifies the format of this document."`
	Keys    keysBody `json:"keys" doc:"The key that sealed it, as a JWK set. Trust it only if it is one of the published keys."`
	Receipt string   `json:"receipt" doc:"Compact JWS, ES256. It contains commitments and no personal data."`
}

type receiptOutput struct{ Body receiptBody }

func (h *handlers) getReceipt(ctx context.Context, in *Identified) (*receiptOutput, error) {
	c, err := h.todos.GetConfirmation(ctx, callOf(ctx).viewer(), in.ID)
	if err != nil {
		return nil, err
	}
	body, err := h.packed(c.Receipt)
	if err != nil {
		return nil, err
	}
	return &receiptOutput{body}, nil
}

// packed returns a receipt with the key that it was sealed with.
func (h *handlers) packed(compact string) (receiptBody, error) {
	packed, err := receipt.NewPackage(compact, h.jwks())
	if err != nil {
		return receiptBody{}, err
	}
	keys, err := readKeys(packed.Keys)
	if err != nil {
		return receiptBody{}, err
	}
	return receiptBody{Format: packed.Format, Receipt: packed.Receipt, Keys: keys}, nil
}
