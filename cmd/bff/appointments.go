package main

import (
	"crypto/rand"

	"renzheng/appointment"
	"renzheng/cmd/bff/config"
	"renzheng/sql/store"
	"renzheng/verification/failure"
)

// openAppointments returns the service of appointments and queues.
func openAppointments(c *config.Config, db *store.Store, m appointment.Metrics) (*appointment.Service, error) {
	offices, err := c.Console.LoadOffices()
	if err != nil {
		return nil, err
	}
	return appointment.New(appointment.Deps{
		Appointments: db, Queues: db, Offices: offices, Limits: c.Console.BookingLimits(), Metrics: m, Clock: c.Clock(), Rand: rand.Reader,
		Reasons: func(code string) bool { return failure.Code(code).Known() },
	}), nil
}
