package todo

import (
	"context"
	"fmt"
	"time"
)

// Sizes of a page.
const (
	DefaultPage = 20 // a phone shows five rows at a time
	MaxPage     = 50 // bounds what one call decrypts
)

// Row is one line of the list. Where NameDiffers, the registry has this person's
// document under another name: nothing but RegistryID and the registry's name
// is filled in (R8). Content has no more than the registry's name.
type Row struct {
	Todo        Todo
	NameDiffers bool
}

// Listing is a part of the list, newest first. Next is nil on the last part.
type Listing struct {
	Rows []Row
	Next *Cursor
}

// List returns the viewer's todos of the last seven days (M-28, R20) in every state
// but superseded: the todo that took such a one's place is there.
func (s *Service) List(ctx context.Context, v Viewer, p Page) (Listing, error) {
	now := s.now()
	p.Limit = pageSize(p.Limit)
	limit := p.Limit
	p.Limit++ // one more row shows that there is a next page
	todos, err := s.Todos.ListTodos(ctx, v, now.Add(-Window), now, p)
	if err != nil {
		return Listing{}, fmt.Errorf("listing todos: %w", err)
	}
	var listing Listing
	if len(todos) > limit {
		todos = todos[:limit]
		last := todos[limit-1]
		listing.Next = &Cursor{At: last.OpenedAt, ID: last.ID}
	}
	listing.Rows = make([]Row, len(todos))
	for i, t := range todos {
		if listing.Rows[i], err = s.row(ctx, v, t, now); err != nil {
			return Listing{}, err
		}
	}
	return listing, nil
}

func (s *Service) row(ctx context.Context, v Viewer, t Todo, now time.Time) (Row, error) {
	registry, _ := s.Registries.Registry(t.RegistryID) // one that is no longer configured has no name to show
	if t.Signer.Name.Equal(v.Name) {
		t.Content.RegistryName = registry.Name
		return Row{Todo: t.at(now)}, nil
	}
	if err := s.reportName(ctx, t, now); err != nil {
		return Row{}, err
	}
	veiled := Todo{RegistryID: t.RegistryID, Content: Content{RegistryName: registry.Name}}
	return Row{Todo: veiled, NameDiffers: true}, nil
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

// at returns the todo in its state at now. A todo whose window has passed is expired
// even if the worker has not recorded it yet.
func (t Todo) at(now time.Time) Todo {
	if t.State == Open && !now.Before(t.ExpiresAt) {
		t.State = Expired
	}
	return t
}

func pageSize(asked int) int {
	if asked <= 0 {
		return DefaultPage
	}
	return min(asked, MaxPage)
}
