package journey

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"renzheng/test/people"
)

// Options select the stories and the servers. Server and Sandbox are required.
type Options struct {
	Server   string        // address of the API, without a slash at the end
	Sandbox  string        // address of the simulated third parties, likewise
	Roles    []people.Role // whose stories; none = all
	Repeat   int           // how often each is played, each time by a new person; 0 = once
	Parallel int           // how many persons at a time; 0 = one
	Serial   int           // of the first persons; 0 = random, so that all persons are new
	Patience time.Duration // how long calls to a server that does not answer are repeated; 0 = 10 s
	Out      io.Writer     // receives every step; nil = discarded
	Clock    func() time.Time

	// Acknowledged is called for each answer that the server acknowledged, from several
	// goroutines. It may be nil.
	Acknowledged func(people.Person, Confirmation)

	// BeforeFace is called between the start of a face check and the camera, from several
	// goroutines. The person waits until it returns. It may be nil.
	BeforeFace func(context.Context)

	// Signed is called when a person has confirmed a todo and still has access, from
	// several goroutines. It may use the client and end ctx. It may be nil.
	Signed func(ctx context.Context, client *Client, p people.Person, answer Signed)
}

const (
	defaultPatience = 10 * time.Second // a restart of the server
	beside          = 2                // serials between two persons of one fate; the next one is the second signer of the case
	apart           = 2 * beside       // serials between two rounds; there is one for each channel
)

// Result counts the stories.
type Result struct {
	Stories      int
	AsDocumented int
	Differences  []error // one for each story that differed
}

// String returns the closing line.
func (r Result) String() string {
	return fmt.Sprintf("stories: %d, as documented: %d", r.Stories, r.AsDocumented)
}

// Run plays the stories and writes the closing line. A story that does not go as
// documented is a difference of the result and not an error.
//
// Errors: unknown roles; ctx ends.
func Run(ctx context.Context, o Options) (Result, error) {
	if err := o.fill(); err != nil {
		return Result{}, err
	}
	result := &tally{out: o.Out}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(o.Parallel)
	for round := range o.Repeat {
		for _, role := range o.Roles {
			group.Go(func() error {
				v := o.visit(role, o.Serial+apart*round, result)
				err := storyOf(role)(ctx, v)
				if ctx.Err() != nil {
					return ctx.Err()
				}
				result.ended(v, err)
				return nil
			})
		}
	}
	if err := group.Wait(); err != nil {
		return result.Result, fmt.Errorf("playing the stories: %w", err)
	}
	result.print(result.String())
	return result.Result, nil
}

func (o *Options) fill() error {
	if o.Server == "" || o.Sandbox == "" {
		return errors.New("the journey needs the addresses of server and sandbox")
	}
	if len(o.Roles) == 0 {
		o.Roles = people.Roles()
	}
	for _, role := range o.Roles {
		if !slices.Contains(people.Roles(), role) {
			return fmt.Errorf("unknown role %q", role)
		}
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Out == nil {
		o.Out = io.Discard
	}
	if o.Patience == 0 {
		o.Patience = defaultPatience
	}
	if o.Serial == 0 {
		o.Serial = 1000 + rand.IntN(people.MaxSerial-1_000_000) // leaves room for repetitions
	}
	o.Repeat, o.Parallel = max(o.Repeat, 1), max(o.Parallel, 1)
	return nil
}

// visit opens the mini-program for the person who plays a role.
func (o *Options) visit(role people.Role, serial int, told *tally) *visit {
	p, _ := people.Holder(role.Form, role.Fate, SerialOf(role, serial), o.Clock())
	v := &visit{
		client: newClient(o.Server, o.Patience), far: newSandbox(o.Sandbox, o.Patience), role: role, person: p, now: o.Clock, signed: o.Signed,
		acknowledged: func(c Confirmation) {
			if o.Acknowledged != nil {
				o.Acknowledged(p, c)
			}
		},
		beforeFace: func(ctx context.Context) {
			if o.BeforeFace != nil {
				o.BeforeFace(ctx)
			}
		},
	}
	v.say = func(what string) { told.print("✓ " + v.called() + " · " + what) }
	return v
}

// SerialOf returns the serial of the person who plays a role if Options.Serial is
// serial. No person plays two roles.
func SerialOf(role people.Role, serial int) int {
	if role.Channel == people.WeChat {
		return serial + beside
	}
	return serial
}

// tally counts and prints. Safe for concurrent use.
type tally struct {
	mu  sync.Mutex
	out io.Writer
	Result
}

func (t *tally) print(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, _ = fmt.Fprintln(t.out, line) // a closed terminal does not stop a story
}

func (t *tally) ended(v *visit, err error) {
	if err != nil {
		t.print("✗ " + v.called() + " · " + err.Error())
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.Stories++
	if err == nil {
		t.AsDocumented++
		return
	}
	t.Differences = append(t.Differences, fmt.Errorf("%s: %w", v.role, err))
}
