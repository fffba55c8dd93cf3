package bff

import "renzheng/identity"

// maskedDocument is a document as its owner may see it.
type maskedDocument struct {
	Type         string `json:"type" doc:"Type of document. New values may be added." example:"resident_id"`
	NumberMasked string `json:"number_masked" example:"1****************X"`
	NameMasked   string `json:"name_masked" example:"**三"`
}

// masked returns a document as its owner may see it.
func masked(d identity.Document) maskedDocument {
	return maskedDocument{Type: string(d.Type), NumberMasked: d.Number.Masked(), NameMasked: d.Name.Masked()}
}
