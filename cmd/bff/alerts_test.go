package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
)

// alertScenes are what causes each alert, by its name. A scene may cause several.
func alertScenes() map[string]func(t *testing.T) *alertScene {
	return map[string]func(t *testing.T) *alertScene{
		"a replica ends":                      sceneReplicaEnds,
		"the database is cut off":             sceneDatabaseAway,
		"another database":                    sceneOtherDatabase,
		"a table is lost":                     sceneTableLost,
		"a lock is held":                      sceneLockHeld,
		"a third party is down":               sceneProviderDown,
		"a third party fails now and then":    sceneProviderFailing,
		"a third party is slow":               sceneProviderSlow,
		"no face passes":                      sceneNobodyPasses,
		"few faces pass":                      sceneFewPass,
		"a registry is away":                  sceneRegistryAway,
		"a worker's lease is held":            sceneWorkerHangs,
		"a worker fails":                      sceneWorkerFails,
		"nobody deletes what is over":         sceneRetentionBehind,
		"nobody takes a backup":               sceneBackupOld,
		"rows are changed in the database":    sceneRowsChanged,
		"a program tries again and again":     sceneManyRejections,
		"many portraits":                      sceneManyFaces,
		"the database's clock is ahead":       sceneClockSkew,
		"certificates end":                    sceneCertificatesEnd,
		"a registry's key ends":               sceneRegistryKeyEnds,
		"a proxy hides its clients":           sceneClientsUnknown,
		"the collector of traces is away":     sceneTracesLost,
		"faces are undecided and nobody asks": sceneReconcileBehind,
	}
}

// Every rule fires in a scene that causes it, and every page can be followed then. In an ordinary day none fires.
func TestAlerts(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	fired := map[string]bool{}
	seen := observed{moved: map[string]bool{}, labels: map[string]map[string]bool{}}
	t.Run("scenes", func(t *testing.T) {
		t.Parallel()
		for name, play := range alertScenes() {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				s := play(t)
				s.judge(t)
				mu.Lock()
				defer mu.Unlock()
				seen.add(s)
				for _, e := range s.expect {
					if e.alert != "" && !t.Failed() {
						fired[e.alert] = true
					}
				}
			})
		}
	})
	t.Run("an ordinary day", func(t *testing.T) {
		t.Parallel()
		s := sceneOrdinaryDay(t)
		s.judge(t)
		mu.Lock()
		defer mu.Unlock()
		seen.add(s)
		if !t.Failed() {
			fmt.Println("normal journey: 0 fired")
		}
	})
	t.Cleanup(func() {
		rules := alertRules(t)
		fmt.Printf("alerts: %d, fired as documented: %d\n", len(rules), len(fired))
		for _, rule := range rules {
			if !fired[rule.Alert] {
				t.Errorf("%s was not seen to fire", rule.Alert)
			}
		}
		seen.judge(t)
	})
}

// Each rule says how bad it is, what it means, and where to read on.
func TestAlerts_SayWhatToDo(t *testing.T) {
	t.Parallel()
	index := readText(t, "docs/operations.md")
	pages := map[string]bool{}
	for _, rule := range alertRules(t) {
		page := fmt.Sprintf("docs/runbooks/%s.md", rule.Alert)
		if rule.Labels["severity"] != "page" && rule.Labels["severity"] != "ticket" {
			t.Errorf("%s has the severity %q", rule.Alert, rule.Labels["severity"])
		}
		if rule.Annotations["summary"] == "" || rule.Annotations["description"] == "" || rule.Annotations["runbook_url"] != page {
			t.Errorf("%s has the annotations %v", rule.Alert, rule.Annotations)
		}
		if !strings.Contains(index, "(runbooks/"+rule.Alert+".md)") {
			t.Errorf("docs/operations.md does not name %s", rule.Alert)
		}
		text := readText(t, page)
		for _, part := range []string{"# " + rule.Alert, "**What it means.**", "**What people feel.**", "**What to look at.**", "**What to do.**"} {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %q", page, part)
			}
		}
		pages[page] = true
	}
	if len(pages) < 20 {
		t.Errorf("got %v", slices.Sorted(maps.Keys(pages)))
	}
}
