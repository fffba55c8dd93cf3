package todo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"renzheng/todo"
)

// batches is a store with a number of due rows. Each call processes at most its limit of them.
type batches struct {
	todo.UpkeepStore

	left  int
	asked []todo.PortraitEnd
	err   error
}

func (b *batches) batch(limit int) (int, error) {
	n := min(limit, b.left)
	b.left -= n
	return n, b.err
}

func (b *batches) AnnouncePortraits(_ context.Context, p todo.PortraitEnd) (int, error) {
	b.asked = append(b.asked, p)
	return b.batch(p.Limit)
}

func (b *batches) ExpireTodos(_ context.Context, _ time.Time, limit int, _ func(todo.Todo) (todo.Event, error)) (int, error) {
	return b.batch(limit)
}

func keeping(b *batches) *todo.Service {
	return todo.New(todo.Deps{Upkeep: b, Clock: noon, PortraitLife: 180 * 24 * time.Hour})
}

func TestAnnouncePortraits_ThirtyDaysBeforeTheEnd(t *testing.T) {
	t.Parallel()
	b := &batches{}
	if _, err := keeping(b).AnnouncePortraits(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := noon().Truncate(time.Millisecond)
	const days = 24 * time.Hour
	asked := b.asked[0]
	if !asked.AnsweredBy.Equal(now.Add(-150*days)) || !asked.DeleteAfter.Equal(now.Add(30*days)) || !asked.Now.Equal(now) {
		t.Errorf("got answers by %v to go after %v, want those of 150 days ago to go in 30", asked.AnsweredBy, asked.DeleteAfter)
	}
}

func TestUpkeep_GoesOnUntilABatchComesBackShort(t *testing.T) {
	t.Parallel()
	for name, work := range map[string]func(*todo.Service) (int, error){
		"portraits": func(s *todo.Service) (int, error) { return s.AnnouncePortraits(t.Context()) },
		"todos":     func(s *todo.Service) (int, error) { return s.Expire(t.Context()) },
	} {
		for _, rows := range []int{0, 199, 200, 500} {
			b := &batches{left: rows}
			if n, err := work(keeping(b)); err != nil || n != rows || b.left != 0 {
				t.Errorf("%s: got %d of %d rows (%v)", name, n, rows, err)
			}
		}
		broken := &batches{left: 500, err: errors.New("away")}
		if n, err := work(keeping(broken)); !errors.Is(err, broken.err) || n != 200 {
			t.Errorf("%s: got %d rows and %v, want the first batch and its error", name, n, err)
		}
	}
}
