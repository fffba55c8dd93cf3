package main

import (
	"fmt"
	"io"
	"os"
)

// clause is one sentence of docs/registry.md that a side has to keep.
type clause struct{ id, text string }

// endpointClauses are those of a registry's system.
func endpointClauses() []clause {
	return []clause{
		{"E1", "An event of any type is acknowledged with 2xx."},
		{"E2", "The acknowledgement comes within 10 seconds."},
		{"E3", "An event without a signature, or with that of another secret, is not acknowledged."},
		{"E4", "An event whose body, id or timestamp is not the signed one is not acknowledged."},
		{"E5", "An event whose `webhook-timestamp` is more than 5 minutes away is not acknowledged, so that a recorded one cannot be sent again later."},
		{"E6", "The signature is computed over the bytes of the body as received: other spaces, escapes and order of members do not matter."},
		{"E7", "One of several signatures suffices, in any place, while a secret is changed; those of unknown versions are ignored."},
		{"E8", "The same event again, one after another or at once, is acknowledged."},
		{"E9", "An event of an unknown type is acknowledged."},
		{"E10", "Unknown members of an event are ignored."},
		{"E11", "An event of an earlier revision that comes late, as after `redeliver`, is acknowledged."},
		{"E12", "An event of 64 KiB is acknowledged."},
		{"E13", "An event of another registry is not acknowledged."},
		{"E14", "An answer whose receipt is altered, sealed by an unknown key or of another answer is not acknowledged."},
		{"E15", "A body of 8 MiB is not acknowledged, and the next event is."},
		{"Q1", "Each request is signed as described, with a nonce of its own and the right time."},
		{"Q2", "The evidence of a confirmed answer is requested with the revision of the event."},
		{"Q3", "Evidence that does not match its receipt is not filed: it is requested again when the event comes again."},
		{"Q4", "The feed is requested from 0 or from a `next_after` that the server answered."},
	}
}

// serverClauses are those of a server.
func serverClauses() []clause {
	return []clause{
		{"S1", "The public keys of receipts are at `/.well-known/jwks.json`."},
		{"S2", "A new case is 201 with `Location` and an open to-do for each signer."},
		{"S3", "The same revision with the same content changes nothing."},
		{"S4", "The same revision with other content, and a lower revision, are 409 `case_revision_conflict`."},
		{"S5", "A higher revision opens a new to-do only for a signer whose content changes."},
		{"S6", "The list has the case; with a prefix it has nothing else, and its pages end."},
		{"S7", "A signer who is closed at the window gets a receipt that verifies, and closing again answers the same."},
		{"S8", "The evidence opens everything that the receipt commits to."},
		{"S9", "The positions of the feed have no gaps, and the superseded to-do is in it."},
		{"S10", "An event can be pushed again; an unknown one is 404."},
		{"S11", "A request without a signature is 401 `signature_missing`."},
		{"S12", "A request whose signature is of something else is 401 `signature_invalid` with the rule."},
		{"S13", "A request from 6 minutes ago, or from 2 minutes ahead, is 401 `signature_stale` or `signature_future`."},
		{"S14", "A request that comes again is 401 `signature_replayed`."},
		{"S15", "A body that is not the signed one is 401 `digest_mismatch`."},
		{"S16", "An unknown key is 401 `signature_key_unknown`."},
		{"S17", "Content that cannot be shown is 422 with the place and rule of each violation."},
		{"S18", "A case that does not exist is 404."},
		{"S19", "A case is withdrawn once, and again without an error; then a push is 409 `case_withdrawn`."},
		{"S20", "Inviting the signer of an open to-do is 201 with a code, the page and the time of expiry; inviting again makes another invitation. It is 409 `todo_already_answered` for a signer who has answered, and 404 for an unknown signer."},
	}
}

// clausesCommand prints the clauses.
type clausesCommand struct{}

// Run prints them as docs/registry.md has them.
func (clausesCommand) Run() error { return printClauses(os.Stdout) }

func printClauses(out io.Writer) error {
	for _, side := range []struct {
		title   string
		clauses []clause
	}{{"a registry's system keeps", endpointClauses()}, {"the server keeps", serverClauses()}} {
		if _, err := fmt.Fprintf(out, "| clause | what %s |\n|---|---|\n", side.title); err != nil {
			return fmt.Errorf("printing the clauses: %w", err)
		}
		for _, c := range side.clauses {
			if _, err := fmt.Fprintf(out, "| %s | %s |\n", c.id, c.text); err != nil {
				return fmt.Errorf("printing the clauses: %w", err)
			}
		}
		_, _ = fmt.Fprintln(out)
	}
	return nil
}
