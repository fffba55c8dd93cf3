package verification_test

import (
	"maps"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// sourceMutants lock people out by a source's rules, or say nothing by them.
func sourceMutants() []mutant {
	load := func(g *graph) func(raw []byte) error {
		return func(raw []byte) error {
			sources, err := policy.LoadSources(raw)
			g.sources = sources
			return err
		}
	}
	ruled := func(name string, change func(rule document)) mutant {
		return mutant{"a source's rule " + name, func(g *graph) error {
			return edited("policy/sources.json", func(file document) {
				for _, rule := range as[[]any](file["rules"]) {
					change(as[document](rule))
				}
			}, load(g))
		}, byLoader}
	}
	return []mutant{
		ruled("for a face", func(r document) { r["check"] = "face" }),
		ruled("of nobody", func(r document) { r["provider"] = "" }),
		ruled("that counts smiles", func(r document) { r["counts"] = "smiles" }),
		ruled("that locks for good", func(r document) { r["window"] = "100000h" }),
		ruled("without a window", func(r document) { r["window"] = "" }),
		ruled("locked by a failure that nobody knows", func(r document) { r["locked_by"] = []any{"bad_luck"} }),
		ruled("that limits nothing", func(r document) { delete(r, "tries"); delete(r, "counts"); delete(r, "locked_by") }),
		ruled("twice", func(r document) {
			maps.Copy(r, (document{
				"check": "bank_card", "provider": "x", "per": "person", "counts": "queries", "tries": 1, "window": "day",
			}))
		}),
		{"sources without a version", func(g *graph) error {
			return edited("policy/sources.json", func(file document) { file["version"] = "" }, load(g))
		}, byLoader},
	}
}

// switchMutants switch off without a word, or with one that pretends.
func switchMutants() []mutant {
	words := identity.Text{Chinese: "维护", Traditional: "維護", English: "Repair"}
	good := policy.Switch{
		Check: policy.Face, Provider: "*", State: policy.Off, Text: words, ChangedBy: "operator",
	}
	var all []mutant
	for name, change := range map[string]func(s *policy.Switch){
		"of an unknown check":        func(s *policy.Switch) { s.Check = "fingerprint" },
		"that skips":                 func(s *policy.Switch) { s.State = "skipped" },
		"without words":              func(s *policy.Switch) { s.Text = identity.Text{} },
		"without words in English":   func(s *policy.Switch) { s.Text.English = "" },
		"with words that run around": func(s *policy.Switch) { s.Text.English = "off\u202e" },
		"of nobody":                  func(s *policy.Switch) { s.ChangedBy = "" },
	} {
		all = append(all, mutant{"a switch " + name, func(*graph) error {
			spoilt := good
			change(&spoilt)
			return spoilt.Validate()
		}, byLoader})
	}
	return all
}
