package bff

import (
	"io"
	"time"

	"renzheng/appeal"
	"renzheng/appointment"
	"renzheng/bff/problem"
	"renzheng/rights"
	"renzheng/session"
	"renzheng/subscriber"
	"renzheng/support"
	"renzheng/todo"
	"renzheng/verification"
)

// handlers has one method for each operation on sessions, verifications, todos, cases and support. The methods are in
// the files of these nouns. They convert requests to calls of the rules and results to answers, and decide nothing.
type handlers struct {
	sessions      *session.Service
	verifications *verification.Service
	todos         *todo.Service
	support       *support.Service
	rights        *rights.Service
	appeals       *appeal.Service
	appointments  *appointment.Service
	subscribers   *subscriber.Service // nil if nobody can register

	jwks      func() []byte
	web       Web
	authority Authority
	problems  problem.Table
	clock     func() time.Time
	rand      io.Reader
	epoch     int64 // of the database
}
