package verification_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/verification/failure"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// document is a data file while it is being broken.
type document = map[string]any

// edited reads a data file of this package, changes it and loads it.
func edited[T any](file string, change func(read T), load func(raw []byte) error) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		panic(err) // not a mutant: the file is part of the repository
	}
	var read T
	if err = json.Unmarshal(raw, &read); err != nil {
		panic(err)
	}
	change(read)
	if raw, err = json.Marshal(read); err != nil {
		panic(err)
	}
	return load(raw)
}

// as reads a value of a data file that has a known shape.
func as[T any](value any) T {
	read, fits := value.(T)
	if !fits {
		panic("a data file has another shape")
	}
	return read
}

// policed replaces the policy of the graph.
func policed(change func(p document)) func(g *graph) error {
	return func(g *graph) error {
		return edited("policy/policy.json", change, func(raw []byte) error {
			p, err := policy.Load(raw)
			g.policy = p
			return err
		})
	}
}

// routed changes each route of the policy.
func routed(change func(route document)) func(g *graph) error {
	return policed(func(p document) {
		for _, route := range as[[]any](p["routes"]) {
			change(as[document](route))
		}
	})
}

// policyMutants go below the floor, or serve nobody and say nothing.
func policyMutants() []mutant {
	face := document{"check": "face", "providers": []any{"alipay"}}
	card := document{"check": "bank_card", "providers": []any{"tencentcloud"}}
	all := []mutant{
		{"a policy without routes", policed(func(p document) { p["routes"] = []any{} }), byLoader},
		{"a policy without a version", policed(func(p document) { p["version"] = "" }), byLoader},
		{"a policy with an unknown member", policed(func(p document) { p["skip_face"] = true }), byLoader},
		{"a policy that switches a check off for good", policed(func(p document) { p["off"] = []any{document{"check": "face", "provider": "*"}} }), byLoader},
	}
	for name, steps := range map[string][]any{
		"no steps": {}, "a card without a face": {card}, "the card first": {card, face}, "the face twice": {face, face},
		"an unknown check":       {face, document{"check": "fingerprint", "providers": []any{"x"}}},
		"nobody to do it":        {face, document{"check": "bank_card", "providers": []any{}}},
		"anybody to do it":       {document{"check": "face", "providers": []any{"*"}}, card},
		"the face alone for all": {face},
		"a share of nothing":     {face, document{"check": "bank_card", "providers": []any{document{"name": "x", "weight": 0}}}},
		"somebody twice":         {face, document{"check": "bank_card", "providers": []any{"x", "x"}}},
		"the document first":     {document{"check": "document", "providers": []any{"x"}}, face, card},
		"four elements for face": {document{"check": "four_elements", "providers": []any{"x"}}, card},
	} {
		all = append(all, mutant{"a policy with " + name, routed(func(r document) { r["steps"] = steps }), byLoader})
	}
	for member, value := range map[string]string{"purposes": "curiosity", "documents": "library_card", "channels": "telepathy"} {
		all = append(
			all,
			mutant{"a policy with unknown " + member, routed(func(r document) { r[member] = []any{value} }), byLoader},
			mutant{"a policy without " + member, routed(func(r document) { r[member] = []any{} }), byLoader},
		)
	}
	return append(all, unservedMutants()...)
}

// unservedMutants leave a document without a route, and those who hold it
// without the window.
func unservedMutants() []mutant {
	var all []mutant
	for _, unserved := range identity.DocumentTypes() {
		all = append(all, mutant{fmt.Sprintf("%s without route and without remedy", unserved), func(g *graph) error {
			if err := edit(failure.RouteMissing, without(failure.ServiceWindow))(g); err != nil {
				return err
			}
			return unserve(unserved)(g)
		}, bySearch})
	}
	return append(all, mutant{"every face switched off and no remedy", func(g *graph) error {
		if err := edit(failure.CheckSwitchedOff, without(failure.ServiceWindow))(g); err != nil {
			return err
		}
		return nil
	}, bySearch})
}

// unserve takes a document out of every route.
func unserve(unserved identity.DocumentType) func(g *graph) error {
	return policed(func(p document) {
		p["routes"] = slices.DeleteFunc(as[[]any](p["routes"]), func(rule any) bool {
			route := as[document](rule)
			documents := slices.DeleteFunc(as[[]any](route["documents"]), func(d any) bool { return d == string(unserved) })
			route["documents"] = documents
			return len(documents) == 0
		})
	})
}

// noticeMutants take from a notice the way without a face, or the notice.
func noticeMutants() []mutant {
	load := func(g *graph) func(raw []byte) error {
		return func(raw []byte) error {
			notices, err := notice.Load(raw)
			g.notices = notices
			return err
		}
	}
	var all []mutant
	for i := range 7 {
		for _, language := range []string{identity.Chinese, identity.English} {
			all = append(all, mutant{fmt.Sprintf("notice %d without a way in %s", i, language), func(g *graph) error {
				return edited("notice/notices.json", func(notices []document) {
					text := as[document](as[document](notices[i]["texts"])[language])
					as[document](text["parts"])["way_without_face"] = ""
				}, load(g))
			}, byLoader})
		}
		all = append(all, mutant{fmt.Sprintf("notice %d for WeChat only", i), func(g *graph) error {
			return edited("notice/notices.json", func(notices []document) {
				notices[i]["for"] = []any{document{"channels": []any{"wechat"}, "documents": []any{"passport"}}}
			}, load(g))
		}, byLoader})
	}
	return all
}

// limitMutants lock people out.
func limitMutants() []mutant {
	var all []mutant
	for name, pick := range map[string]func(l *policy.Limits) *policy.Limit{
		"face":                     func(l *policy.Limits) *policy.Limit { return &l.Face },
		"face starts":              func(l *policy.Limits) *policy.Limit { return &l.FaceStarts },
		"face of subject":          func(l *policy.Limits) *policy.Limit { return &l.FaceOfSubject },
		"bank card":                func(l *policy.Limits) *policy.Limit { return &l.BankCard },
		"bank card starts":         func(l *policy.Limits) *policy.Limit { return &l.BankCardStarts },
		"bank card of subject":     func(l *policy.Limits) *policy.Limit { return &l.BankCardOfSubject },
		"four elements":            func(l *policy.Limits) *policy.Limit { return &l.FourElements },
		"four elements starts":     func(l *policy.Limits) *policy.Limit { return &l.FourElementsStarts },
		"four elements of subject": func(l *policy.Limits) *policy.Limit { return &l.FourElementsOfSubject },
		"document":                 func(l *policy.Limits) *policy.Limit { return &l.Document },
		"document starts":          func(l *policy.Limits) *policy.Limit { return &l.DocumentStarts },
		"document of subject":      func(l *policy.Limits) *policy.Limit { return &l.DocumentOfSubject },
		"card":                     func(l *policy.Limits) *policy.Limit { return &l.Card },
		"subjects":                 func(l *policy.Limits) *policy.Limit { return &l.Subjects },
	} {
		for what, limit := range map[string]policy.Limit{
			"never": {Tries: 0, Window: time.Hour}, "for good": {Tries: 5, Window: 400 * 24 * time.Hour}, "without a window": {Tries: 5},
		} {
			all = append(all, mutant{name + " " + what, func(g *graph) error {
				*pick(&g.limits) = limit
				return g.limits.Validate()
			}, byLoader})
		}
	}
	return append(all, mutant{"a limit without an end that nobody validated", func(g *graph) error {
		g.limits.Face.Window = 0
		return nil
	}, bySearch})
}
