package store_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"slices"
	"syscall"
	"testing"

	"github.com/go-sql-driver/mysql"

	"renzheng/sql/store"
)

func TestAway_TellsADatabaseThatCannotBeUsedFromAWrongStatement(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		err  error
		want bool
	}{
		"nothing is wrong":                   {nil, false},
		"a node has lost its cluster":        {&mysql.MySQLError{Number: 1047}, true},
		"certification failed again":         {&mysql.MySQLError{Number: 1213}, true},
		"a server is shutting down":          {&mysql.MySQLError{Number: 1053}, true},
		"a server takes no more connections": {&mysql.MySQLError{Number: 1040}, true},
		"a failover made it read only":       {&mysql.MySQLError{Number: 1290}, true},
		"its transactions are read only":     {&mysql.MySQLError{Number: 1792}, true},
		"its engine is read only":            {&mysql.MySQLError{Number: 1836}, true},
		"the primary's network is broken":    {&mysql.MySQLError{Number: 1160}, true},
		"a proxy cannot reach the primary":   {&mysql.MySQLError{Number: 2003}, true},
		"a proxy has lost the primary":       {&mysql.MySQLError{Number: 2013}, true},
		"a proxy knows no primary":           {&mysql.MySQLError{Number: 9001}, true},
		"a region has no leader":             {&mysql.MySQLError{Number: 9005}, true},
		"the commit lost against another":    {&mysql.MySQLError{Number: 3101}, true},
		"the connection broke":               {mysql.ErrInvalidConn, true},
		"the connection was never used":      {driver.ErrBadConn, true},
		"nobody listens":                     {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, true},
		"the statement is wrong":             {&mysql.MySQLError{Number: 1064}, false},
		"a row is there already":             {&mysql.MySQLError{Number: 1062}, false},
		"a rule says no":                     {errors.New("no"), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := tc.err
			if err != nil {
				err = fmt.Errorf("confirming: %w", err)
			}
			if got := store.Away(err); got != tc.want {
				t.Errorf("got %t, want %t", got, tc.want)
			}
		})
	}
}

// session is a connection of an engine that refuses one statement.
type session struct {
	driver.Conn

	refuses string
	with    error
	seen    []string
}

func (s *session) ExecContext(_ context.Context, query string, _ []driver.NamedValue) (driver.Result, error) {
	s.seen = append(s.seen, query)
	if query == s.refuses {
		return nil, s.with
	}
	return driver.ResultNoRows, nil
}

func TestSession_WaitsForTheClusterWhereThereIsOne(t *testing.T) {
	t.Parallel()
	const waits = "SET SESSION wsrep_sync_wait = 7"
	for name, tc := range map[string]struct {
		refusal error
		want    error
	}{
		"a cluster's node takes it":              {nil, nil},
		"plain MySQL has no such variable":       {&mysql.MySQLError{Number: 1193}, nil},
		"a refusal of another kind is not taken": {&mysql.MySQLError{Number: 1227}, &mysql.MySQLError{Number: 1227}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &session{with: tc.refusal}
			if tc.refusal != nil {
				s.refuses = waits
			}
			if got := store.PrepareSession(t.Context(), s); (got == nil) != (tc.want == nil) {
				t.Errorf("got %v, want %v", got, tc.want)
			}
			if !slices.Contains(s.seen, waits) {
				t.Errorf("got the statements %q, want %q among them", s.seen, waits)
			}
		})
	}
}
