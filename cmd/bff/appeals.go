package main

import (
	"crypto/rand"
	"time"

	"renzheng/appeal"
	"renzheng/cmd/bff/config"
	"renzheng/identity/photo"
	"renzheng/material"
	"renzheng/random"
	"renzheng/sql/store"
	"renzheng/verification"
)

// openAppeals returns the service of appeals. The cleaner is that of the process. Without recognizers it has no photo read.
func openAppeals(c *config.Config, db *store.Store, cleaner *material.Cleaner, recognizers photo.FirstOf) *appeal.Service {
	d := appeal.Deps{
		Appeals: db, Materials: db, Reviews: db, Readings: db, Cleaner: cleaner, Scopes: scopesOf, Mail: c.Support.Mail, Clock: c.Clock(), NewID: newID,
	}
	if len(recognizers) > 0 {
		d.Photos = photo.NewReader(recognizers, c.Clock())
	}
	return appeal.New(d)
}

// scopesOf returns the quotas that begin anew with an outcome.
func scopesOf(o appeal.Outcome, a appeal.Appeal, now time.Time) []string {
	switch o {
	case appeal.LimitLifted:
		return []string{verification.ScopeOfPersons(a.AccountID, now)}
	case appeal.TriesReopened:
		return verification.ScopesOfTries(a.AccountID, a.SubjectID)
	case appeal.ToWindow, appeal.Stands:
	}
	return nil
}

func newID(prefix string) (string, error) { return random.ID(rand.Reader, prefix) }
