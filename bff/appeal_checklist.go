package bff

import (
	"slices"

	"renzheng/appeal"
	"renzheng/material"
)

// checklistOf returns the checklist of a failure, with the subject of a mail about an appeal.
func (h *handlers) checklistOf(c *call, failure, appealID string) checklistBody {
	texts := appeal.Catalogue()
	body := checklistBody{Failure: failure, Items: []checklistItemBody{}, PartBytes: appeal.PartBytes}
	list, ok := texts.For(failure)
	if !ok {
		reason, _ := texts.Excepted(failure)
		body.Note = reason.For(c.language)
		return body
	}
	body.Possible, body.Note = true, list.Note.For(c.language)
	for _, code := range slices.Concat(list.Required, list.Optional) {
		item, _ := texts.Item(code)
		body.Items = append(body.Items, checklistItemBody{
			Code: code, Kind: string(item.Kind), Title: item.Title.For(c.language), Hint: item.Hint.For(c.language),
			Required: slices.Contains(list.Required, code), MaxBytes: material.MaxBytes(item.Kind),
		})
	}
	if address := h.appeals.Mail(); address != "" {
		body.Mail = &appealMailBody{Address: address, Subject: texts.MailSubject.For(c.language) + appealID}
	}
	return body
}
