package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"renzheng/identity"
	"renzheng/verification/failure"
)

// failureDocsCommand prints docs/failures.md from the catalogue of failures.
type failureDocsCommand struct{}

// Run writes the page to standard output.
func (failureDocsCommand) Run() error { return writeFailureDocs(os.Stdout) }

// writeFailureDocs writes the page.
func writeFailureDocs(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Failures\n\n" +
		"Made from the code by `bff failure-docs`; `make golden` writes it anew. `GET /v1/failures` serves the same in the language\n" +
		"of `Accept-Language`.\n\n" +
		"Codes are stable and never reused; an unknown one is treated as `try_again_later`. Remedies are in the order to try them and\n" +
		"always end at the service window, which needs neither face nor bank card, and at technical support. What was compared is\n" +
		"never named alone, so that nobody learns which element was wrong.\n\n" +
		"No call returns a *planned* failure yet. Its code and texts are kept for a later version.\n\n" +
		"| code | kind | same step again | uses a try | remedies |\n|---|---|---|---|---|\n")
	entries := failure.Catalogue()
	answers := map[bool]string{true: "yes", false: "no"}
	for _, e := range entries {
		planned := map[bool]string{true: ", *planned*"}[e.Planned]
		fmt.Fprintf(&b, "| [`%s`](#%s)%s | %s | %s | %s | %s |\n",
			e.Code, e.Code, planned, e.Kind, answers[e.Retryable], answers[e.Counted], remedyNames(e))
	}
	b.WriteString("\n## Texts\n")
	for _, e := range entries {
		fmt.Fprintf(&b, "\n### %s\n\n", e.Code)
		writeText(&b, e.Prompt, e.Cause)
	}
	b.WriteString("\n## Remedies\n")
	seen := map[failure.RemedyKind]bool{}
	for _, e := range entries {
		for _, r := range e.Remedies {
			if !seen[r.Kind] {
				seen[r.Kind] = true
				fmt.Fprintf(&b, "\n### %s\n\n", r.Kind)
				writeText(&b, r.Text)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeText writes a line for each language, with the parts one after another.
func writeText(b *strings.Builder, parts ...identity.Text) {
	for _, language := range []string{identity.Chinese, identity.Traditional, identity.English} {
		said := make([]string, len(parts))
		for i, part := range parts {
			said[i] = part.For(language)
		}
		if len(said) > 1 {
			said[0] = "**" + said[0] + "**"
		}
		fmt.Fprintf(b, "- %s\n", strings.Join(said, " — "))
	}
}

func remedyNames(e failure.Entry) string {
	names := make([]string, len(e.Remedies))
	for i, r := range e.Remedies {
		names[i] = "`" + string(r.Kind) + "`"
	}
	return strings.Join(names, " → ")
}
