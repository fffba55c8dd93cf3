package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"renzheng/test/journey"
	"renzheng/test/people"
	"renzheng/todo"
)

// answerCommand lets sample persons answer a case that a registry pushed.
type answerCommand struct {
	Case     string `arg:"" help:"Id of the case, as it was pushed."`
	As       string `help:"pass: signs and confirms; refuse: declines; fail: the face check fails." enum:"pass,refuse,fail" default:"pass"`
	Signer   string `help:"Id of the signer; all who have not answered by default."`
	Registry string `help:"Id of the registry that pushed the case; the simulated one by default." default:"sample"`
	Data     string `help:"Folder of the running sandbox." default:"data" type:"path"`
	Server   string `help:"Address of the API." default:"http://127.0.0.1:8080"`
	Sandbox  string `help:"Address of the simulated third parties." default:"http://127.0.0.1:8090"`
}

// Run returns an error if a signer is not a sample person, or cannot take a step.
func (c answerCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	now, err := sandboxTime(ctx, c.Sandbox)
	if err != nil {
		return err
	}
	pushed, err := readCase(ctx, c.Data, c.Registry, c.Case)
	if err != nil {
		return err
	}
	var problems []error
	answered := 0
	for _, t := range pushed.Todos {
		if t.State != todo.Open || c.Signer != "" && t.SignerID != c.Signer {
			continue
		}
		answered++
		p, known := people.ByNumber(t.Signer.Number.Reveal(), now)
		if !known {
			problems = append(problems, fmt.Errorf("signer %s is not a sample person: docs/sandbox.md lists their numbers", t.SignerID))
			continue
		}
		if err := journey.Answer(ctx, journey.AnswerOptions{
			Server: c.Server, Sandbox: c.Sandbox, CaseID: c.Case, SignerID: t.SignerID, Person: p, As: c.As, Out: os.Stdout, Now: now,
		}); err != nil {
			problems = append(problems, fmt.Errorf("signer %s: %w", t.SignerID, err))
		}
	}
	if answered == 0 {
		return errors.New("nobody in this case has to answer: all have, or the case has ended, or there is no such signer")
	}
	return errors.Join(problems...)
}
