package replay

import "time"

// Smallest is the fewest persons of whom a result tells. Groups and numbers of persons below it are hidden.
const Smallest = 5

// TooFew represents a number of persons from 1 to Smallest - 1.
const TooFew = -1

// Unknown represents an estimate for which too little was seen.
const Unknown = -2

// Range is what a number is at least and at most.
type Range struct {
	Low  int `json:"low"`
	High int `json:"high"`
}

// Cost is what calls cost at least and at most: 1 yuan is 10000.
type Cost struct {
	Low  int64 `json:"low"`
	High int64 `json:"high"`
}

// Group is what verifications of one channel, purpose and document show.
type Group struct {
	Channel  string `json:"channel"`
	Purpose  string `json:"purpose"`
	Document string `json:"document"` // "" = began before the type was stored

	Verifications int `json:"verifications"`
	Passed        int `json:"passed"`
	Persons       int `json:"persons"`

	Stopped  Range `json:"stopped"`  // persons who passed, and would have been stopped at least once
	Estimate int   `json:"estimate"` // of Stopped, by how often the added checks pass elsewhere; Unknown without that
	Admitted Range `json:"admitted"` // persons who were stopped, and could have gone on

	Calls     int   `json:"calls"`      // that were made
	CallsThen Range `json:"calls_then"` // that would have been made
	Cost      int64 `json:"cost"`
	CostThen  Cost  `json:"cost_then"`
	Unpriced  int   `json:"unpriced"` // calls without a price
}

// Result is what a simulation found.
type Result struct {
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until"`
	Groups []Group   `json:"groups"`
	Hidden int       `json:"hidden"` // groups of fewer than Smallest persons
}

// hidden returns a number of persons as a result tells it.
func hidden(n int) int {
	if n > 0 && n < Smallest {
		return TooFew
	}
	return n
}
