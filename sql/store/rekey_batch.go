package store

// rekeyBatch is how many rows one transaction moves: milliseconds of work, so that requests hardly wait.
const rekeyBatch = 100

// moved is what one batch did: rows seen, rows changed, and the key of the last one, from which the next goes on.
type moved struct {
	seen, changed int
	last          any
}
