package bench

import (
	"io"
	"time"
)

// Options of a run. Rounds and what follows have defaults that suit a machine
// with two cores; tests use less.
type Options struct {
	BFF   string // path of the server's binary
	Self  string // path of this program, which serves the bare handlers as well
	MySQL string // DSN of a server on which databases may be created, without a database; "" = SQLite alone
	Out   io.Writer

	Rounds     int           // of each side
	Parallel   int           // requests at a time
	ReadTime   time.Duration // of one round of reads
	Answers    int           // confirmations of one round
	Persons    int           // who confirm
	IdlePause  time.Duration // before memory is read
	StartTimes int           // how often the server is started
}

func (o Options) filled() Options {
	for _, d := range []struct {
		value    *int
		standard int
	}{{&o.Rounds, 7}, {&o.Parallel, 8}, {&o.Answers, 240}, {&o.Persons, 16}, {&o.StartTimes, 5}} {
		if *d.value == 0 {
			*d.value = d.standard
		}
	}
	if o.ReadTime == 0 {
		o.ReadTime = 2 * time.Second
	}
	if o.IdlePause == 0 {
		o.IdlePause = 3 * time.Second
	}
	return o
}

// warmUps is how many rounds of each side come first and are not counted.
const warmUps = 1
