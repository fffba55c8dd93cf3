package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"renzheng/cmd/loadtest/erase"
	"renzheng/cmd/loadtest/scratch"
)

// eraseCommand erases persons and searches for what is left of them.
type eraseCommand struct {
	BFF     string `help:"The server's binary." name:"bff" default:"bin/bff" type:"path"`
	Persons int    `help:"How many are erased." default:"1000"`
	Others  int    `help:"How many go on signing meanwhile." default:"4"`
	Engine  string `help:"sqlite, or mariadb on the server that BFF_TEST_MYSQL_DSN names." enum:"sqlite,mariadb" default:"sqlite"`
	Data    string `help:"Folder of that server, which is searched as well." type:"path"`
}

// Run ends with what was erased and what was found.
func (c eraseCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	result, err := erase.Run(ctx, erase.Options{
		BFF: c.BFF, Engine: c.Engine, MySQL: os.Getenv(scratch.DSNVariable), Data: c.Data, Persons: c.Persons, Others: c.Others, Out: os.Stdout,
	})
	return printLast(result, err)
}
