package cluster

import (
	"errors"
	"io"
	"time"
)

// Options of a run.
type Options struct {
	BFF      string // path of the server's binary
	Script   string // path of scripts/galera.sh, which starts and kills nodes
	Galera   string // its folder, in which three nodes run
	Rounds   int    // in each a node and a replica are killed
	Persons  int    // who sign at a time
	Faces    int    // persons in front of the camera when a replica is killed
	Seed     uint64 // of pauses and of the registry's failures; 0 = a random one, which is printed
	Patience time.Duration
	Out      io.Writer
}

// ErrBroken means that a promise was broken. The output has the details.
var ErrBroken = errors.New("a promise was not kept, see above")
