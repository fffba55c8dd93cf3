package todo

import (
	"context"
	"fmt"
	"time"

	"renzheng/tracing"
)

// Sizes of a page.
const (
	DefaultPage = 20 // a phone shows five rows at a time
	MaxPage     = 50 // bounds what one call decrypts
)

// Listing is a part of the list, newest first. Next is nil on the last part.
type Listing struct {
	Rows []Row
	Next *Cursor
}

// List returns the viewer's todos of the last seven days (M-28, R20) in every state
// but superseded: the todo that took such a one's place is there.
func (s *Service) List(ctx context.Context, v Viewer, p Page) (_ Listing, err error) {
	ctx, span := tracing.Start(ctx, "todo List")
	defer func() { span.End(err) }()
	now := s.now()
	p.Limit = pageSize(p.Limit)
	limit := p.Limit
	p.Limit++ // one more row shows that there is a next page
	rows, err := s.Todos.ListTodos(ctx, v, now.Add(-Window), now, p)
	if err != nil {
		return Listing{}, fmt.Errorf("listing todos: %w", err)
	}
	listing := Listing{Rows: rows}
	if len(rows) > limit {
		listing.Rows = rows[:limit]
		last := rows[limit-1]
		listing.Next = &Cursor{At: last.OpenedAt, ID: last.ID}
	}
	for i := range listing.Rows {
		if err = s.finishRow(ctx, v, &listing.Rows[i], now); err != nil {
			return Listing{}, err
		}
	}
	return listing, nil
}

// finishRow completes a row with what the store does not know, or hides it if its name is another person's.
func (s *Service) finishRow(ctx context.Context, v Viewer, row *Row, now time.Time) error {
	registry, _ := s.Registries.Registry(row.RegistryID) // one that is no longer configured has no name to show
	row.RegistryName, row.State = registry.Name, stateAt(row.State, row.ExpiresAt, now)
	if row.SignerName.Equal(v.Name) {
		return nil
	}
	hidden := *row
	*row = Row{RegistryID: row.RegistryID, RegistryName: registry.Name, NameDiffers: true}
	if hidden.State != Open {
		return nil
	}
	t, err := s.Todos.Todo(ctx, v, hidden.ID, now)
	if err != nil {
		return fmt.Errorf("reading a todo under another name: %w", err)
	}
	return s.reportName(ctx, t, now)
}

// reportName notifies the registry, once for each todo, that document and name do
// not belong together. It does nothing if the todo has ended.
func (s *Service) reportName(ctx context.Context, t Todo, now time.Time) error {
	if t.at(now).State != Open {
		return nil
	}
	e, err := s.newEvent(EventNameMismatch, t, now)
	if err != nil {
		return err
	}
	if err := s.Todos.InsertEvent(ctx, e); err != nil {
		return fmt.Errorf("reporting a name mismatch: %w", err)
	}
	return nil
}

func pageSize(asked int) int {
	if asked <= 0 {
		return DefaultPage
	}
	return min(asked, MaxPage)
}
