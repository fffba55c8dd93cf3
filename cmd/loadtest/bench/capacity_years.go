package bench

import (
	"time"
)

// What one todo needs, by assumption; docs/capacity.md names them.
const (
	verifications = 1.2 // some persons need two tries, some sign in for several todos
	lists         = 3.0
	details       = 2.0
	workDays      = 250.0
	workHours     = 8.0
	peak          = 4.0 // the busiest hour against the mean of the working hours
	load          = 0.5 // of a processor that is to answer quickly
	portraitShare = 0.5 // of a year that pictures stay, at most
)

// picturePages is what a picture of portraitBytes takes in MariaDB's pages of 16 KiB.
const picturePages = 32 << 10

// ofTodo returns what everything of one todo costs.
func ofTodo(costs map[string]cost) cost {
	var sum cost
	for name, times := range map[string]float64{"verification": verifications, "second face": 1, "list": lists, "detail": details, "push": 1, "confirm": 1} {
		c := costs[name]
		sum.server += time.Duration(float64(c.server) * times)
		sum.database += time.Duration(float64(c.database) * times)
		sum.log += c.log * times
		sum.rows += c.rows * times
		sum.flushes += c.flushes * times
	}
	return sum
}

// printYears prints what the busiest hour of a year with so many todos needs.
func printYears(o ScaleOptions, costs map[string]cost) error {
	c := ofTodo(costs)
	pictures := picturePages * (verifications + 1)
	if err := say(o.Out, "capacity: todo server %.1f ms, database %.1f ms, log %.0f KiB, flushes %.1f, rows %.0f KiB without pictures, pictures %.0f KiB",
		ms(c.server), ms(c.database), c.log/kib, c.flushes, (c.rows-pictures)/kib, pictures/kib); err != nil {
		return err
	}
	const gib, million = 1 << 30, 1_000_000
	for _, year := range []float64{million, 3 * million, 10 * million, 30 * million, 100 * million} {
		perSecond := year / workDays / workHours / time.Hour.Seconds() * peak
		err := say(o.Out, "| %.0f million | %.1f | %.1f | %.1f | %.1f MiB/s | %.0f GiB | %.0f GiB |", year/million, perSecond,
			perSecond*c.server.Seconds()/load, perSecond*c.database.Seconds()/load, perSecond*c.log/kib/kib,
			year*(c.rows-pictures)/gib, year*portraitShare*pictures/gib)
		if err != nil {
			return err
		}
	}
	return nil
}
