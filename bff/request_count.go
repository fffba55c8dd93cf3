package bff

import (
	"time"

	counted "renzheng/operations"
)

// RequestCounter counts requests for the operator. It must not block.
type RequestCounter interface {
	Add(r counted.Request, at time.Time)
}

// countRequest counts a request that met a problem, or that a registry signed.
func (e *edge) countRequest(c *call) {
	if e.requests == nil || c.code == "" && c.registry == "" {
		return
	}
	e.requests.Add(counted.Request{
		Code: c.code, Failure: c.failure, Channel: string(c.session.Account.Channel), RegistryID: c.registry, Step: c.operation,
	}, c.started)
}
