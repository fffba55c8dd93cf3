package main

import (
	"cmp"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/cmd/bff/state"
	"renzheng/retention"
	"renzheng/rights"
	"renzheng/sql/store"
	"renzheng/todo"
	"renzheng/verification/policy"
)

const day = 24 * time.Hour

// rightsDeps returns what the server and a recovery have in common. Both erase, so that both must keep an answer for the
// period of its registry.
func rightsDeps(c *config.Config, db *store.Store, registries todo.Registries, sources *policy.SourceRules) rights.Deps {
	return rights.Deps{
		Erasures: db, Office: officeOf(registries, c.Retention.Periods()),
		TriesLast: tryWindows{c.Limits.Policy(), sources, db, time.Now}.longest, ProofKept: time.Duration(c.Retention.ProofDays) * day,
	}
}

// openRights returns the service for persons, the worker and the console.
func (a *app) openRights(c *config.Config, db *store.Store, registries todo.Registries, sources *policy.SourceRules) (*rights.Service, error) {
	offices, err := c.Console.LoadOffices()
	if err != nil {
		return nil, err
	}
	d := rightsDeps(c, db, registries, sources)
	d.TriesLast = tryWindows{c.Limits.Policy(), sources, db, c.Clock()}.longest
	d.Persons, d.Copies, d.Corrections, d.Reveals, d.Officer = db, db, db, db, db
	d.Freezes, d.Activities = db, db
	d.Journal, d.Clock = state.At(c.Storage.StateDir).RecordErasure, c.Clock()
	d.Offices, d.Authority = offices.Names(), c.Authority.Names()
	return rights.New(d), nil
}

// officeOf returns a function that describes a registration authority. The name of one that is no longer configured is its
// id, and its answers are kept for the operator's period. No answer is kept for less than the floor.
func officeOf(registries todo.Registries, p retention.Periods) func(string) rights.Office {
	return func(id string) rights.Office {
		found, _ := registries.Registry(id)
		days := max(cmp.Or(found.RetentionDays, p.CaseDays), retention.CaseFloor)
		return rights.Office{Name: cmp.Or(found.Name, id), Evidence: time.Duration(days) * day}
	}
}
