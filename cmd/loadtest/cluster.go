package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"renzheng/cmd/loadtest/cluster"
)

// clusterCommand breaks a cluster of databases and replicas while persons sign.
type clusterCommand struct {
	BFF      string        `help:"The server's binary." name:"bff" default:"bin/bff" type:"path"`
	Script   string        `help:"What starts and kills nodes." default:"scripts/galera.sh" type:"existingfile"`
	Galera   string        `help:"Folder in which the script has started three nodes." required:"" type:"existingdir"`
	Rounds   int           `help:"In each a node and a replica are killed." default:"4"`
	Persons  int           `help:"How many sign at a time." default:"16"`
	Faces    int           `help:"How many are before the camera when a replica is killed." default:"6"`
	Seed     uint64        `help:"Of pauses and failures, as a run prints it; 0 = a random one." default:"0"`
	Patience time.Duration `help:"How long the registry waits in the end before it asks for what it misses." default:"15s"`
}

// Run ends with what was lost and what was doubled.
func (c clusterCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	verdict, err := cluster.Run(ctx, cluster.Options{
		BFF: c.BFF, Script: c.Script, Galera: c.Galera, Rounds: c.Rounds, Persons: c.Persons, Faces: c.Faces,
		Seed: c.Seed, Patience: c.Patience, Out: os.Stdout,
	})
	if verdict == nil {
		return err
	}
	return printLast(verdict, err)
}
