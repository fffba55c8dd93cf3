package bff

// appendJSON implements [jsonAppender]. The list is read more often than anything else, and encoding/json would spend a
// tenth of its time on reflection.
func (b todosBody) appendJSON(out []byte) []byte {
	list := beginObject(out)
	list.out = append(list.out, `"todos":[`...)
	for i, row := range b.Todos {
		if i > 0 {
			list.out = append(list.out, ',')
		}
		list.out = row.appendJSON(list.out)
	}
	list.out, list.filled = append(list.out, ']'), true
	list.optionalText("next_cursor", b.NextCursor)
	return list.end()
}

func (r todoRow) appendJSON(out []byte) []byte {
	row := beginObject(out)
	row.optionalText("id", r.ID)
	row.optionalText("state", r.State)
	row.text("kind", r.Kind)
	row.text("registry_name", r.RegistryName)
	row.optionalText("enterprise_name", r.EnterpriseName)
	row.optionalText("business_kind", r.BusinessKind)
	row.optionalText("business_label", r.BusinessLabel)
	row.optionalText("role", r.Role)
	row.optionalText("represented", r.Represented)
	row.optionalTime("opened_at", r.OpenedAt)
	row.optionalTime("expires_at", r.ExpiresAt)
	row.optionalTime("answered_at", r.AnsweredAt)
	row.optionalText("hint", r.Hint)
	return row.end()
}
