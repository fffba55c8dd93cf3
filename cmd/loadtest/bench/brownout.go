package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"renzheng/cmd/loadtest/scratch"
	"renzheng/test/harness"
	"renzheng/test/people"
	"renzheng/verification/policy"
)

// BrownoutOptions configure a run. Zero values have defaults.
type BrownoutOptions struct {
	BFF string // path of the server's binary
	Out io.Writer

	Persons  int           // who need the failing third party
	Parallel int           // requests of the rest at a time
	Passes   int           // how often every scene is played
	Calm     time.Duration // of a round in which all are well
	Outage   time.Duration // of a round in which one is not; longer than the time-out of a call
}

func (o BrownoutOptions) filled() BrownoutOptions {
	for _, d := range []struct {
		value    *int
		standard int
	}{{&o.Persons, 300}, {&o.Parallel, 8}, {&o.Passes, 3}} {
		if *d.value == 0 {
			*d.value = d.standard
		}
	}
	if o.Calm == 0 {
		o.Calm = 2 * time.Second
	}
	if o.Outage == 0 {
		o.Outage = 4 * time.Second
	}
	return o
}

// ErrBrownout means that an outage of a third party affected others, or that the run
// did not exercise it. The output has the details.
var ErrBrownout = errors.New("an outage was felt, see above")

// wantedRatio is what the rest keeps of its throughput.
const wantedRatio = 0.9

// party is a third party that fails, and the persons who need it.
type party struct {
	name  string
	far   *farEnd
	crowd *crowd
	at    policy.CheckKind // where its persons are
	fate  people.Fate
	try   act
	leave act // what a person does in the end; nil = nothing
}

// brownout is one run.
type brownout struct {
	options BrownoutOptions
	sandbox *harness.Sandbox
	files   files
	parties []*party
	logs    *os.File
	server  *harness.Server
	side    side
	mix     *mix
	seeds   seeds
}

// Brownout makes one third party after the other fail while the rest of the
// API is loaded, and compares with the same load when all are well. Rounds
// alternate. It prints lines `ratio: brownout NAME VALUE` and `charged: N`.
//
// Errors: ErrBrownout, or what kept the run from being one.
func Brownout(ctx context.Context, o BrownoutOptions) (err error) {
	b := &brownout{options: o.filled()}
	folder, err := os.MkdirTemp("", "renzheng-brownout-")
	if err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	defer func() { err = errors.Join(err, b.close(), os.RemoveAll(folder)) }()
	if err = describeMachine(o.Out); err != nil {
		return err
	}
	if err = b.prepare(ctx, folder); err != nil {
		return err
	}
	return b.play(ctx)
}

// prepare makes the sandbox, fills the database and starts the server.
func (b *brownout) prepare(ctx context.Context, folder string) error {
	var err error
	if b.logs, err = os.Create(filepath.Join(folder, "bff.log")); err != nil {
		return fmt.Errorf("making a log: %w", err)
	}
	place := scratch.Place{Engine: scratch.SQLite, Folder: folder}
	if b.files.database, err = place.Create(ctx, "brownout"); err != nil {
		return err
	}
	b.files.registries = filepath.Join(folder, "pulling.json")
	if err = writeRegistries(b.files.registries); err != nil {
		return err
	}
	settings, err := tireless(folder)
	if err != nil {
		return err
	}
	settings["BFF_REGISTRIES"] = b.files.registries
	if b.sandbox, err = harness.New(ctx, harness.Options{Data: folder, Database: b.files.database, Settings: settings}); err != nil {
		return fmt.Errorf("making a sandbox: %w", err)
	}
	maps.DeleteFunc(b.sandbox.Settings, func(name, _ string) bool { // nobody stands in for Tencent Cloud
		return strings.HasPrefix(name, "BFF_ALIBABACLOUD_") || strings.HasPrefix(name, "BFF_PHOTO_")
	})
	b.files.keys = b.sandbox.Settings["BFF_KEYS"]
	between, err := b.standBetween(ctx)
	if err != nil {
		return err
	}
	if err = b.seed(ctx); err != nil {
		return err
	}
	server, err := b.sandbox.Start(ctx, harness.Program{Path: b.options.BFF, Logs: b.logs, Settings: between})
	if err != nil {
		return fmt.Errorf("starting the server: %w", err)
	}
	b.server = server
	b.side = newSide(b.server.URL, b.server.Process(), b.options.Parallel+b.options.Persons)
	for _, p := range b.parties {
		p.crowd.side, p.crowd.alipay = b.side, b.sandbox.Alipay
	}
	return b.loadOf(ctx)
}

func (b *brownout) loadOf(ctx context.Context) error {
	id, err := firstTodo(ctx, b.side, b.seeds.reader)
	if err != nil {
		return err
	}
	b.mix, err = newMix(b.seeds, id)
	return err
}

// close releases everything that was opened.
func (b *brownout) close() error {
	var problems []error
	if b.server != nil {
		problems = append(problems, b.server.Stop())
	}
	for _, p := range b.parties {
		problems = append(problems, p.far.close())
	}
	if b.sandbox != nil {
		problems = append(problems, b.sandbox.Close())
	}
	if b.logs != nil {
		problems = append(problems, b.logs.Close())
	}
	return errors.Join(problems...)
}

func (b *brownout) say(format string, args ...any) error { return say(b.options.Out, format, args...) }
