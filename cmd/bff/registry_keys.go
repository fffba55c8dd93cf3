package main

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/providers/registry"
)

// registryKeys reports how long the keys of registries are believed that have an end.
type registryKeys struct {
	registries registry.Source
	clock      func() time.Time
}

// Describe implements [prometheus.Collector].
func (k registryKeys) Describe(to chan<- *prometheus.Desc) { to <- registryKeyDesc() }

// Collect implements [prometheus.Collector].
func (k registryKeys) Collect(to chan<- prometheus.Metric) {
	current := k.registries.Current()
	for _, id := range current.IDs() {
		for _, key := range current.Keys(id) {
			if !key.Until.IsZero() {
				to <- prometheus.MustNewConstMetric(registryKeyDesc(), prometheus.GaugeValue, key.Until.Sub(k.clock()).Seconds(), id, key.ID)
			}
		}
	}
}

func registryKeyDesc() *prometheus.Desc {
	return prometheus.NewDesc("bff_registry_key_remaining_seconds", "How long a registry's key that has an end is still believed; negative once it has ended.", []string{"registry", "key"}, nil)
}

// keyWarning is how long before the end of a key `bff check` warns, as the alert does.
const keyWarning = 30 * day

// checkKeys returns a finding for each registry without a key that lasts, and for each key that ends soon.
func checkKeys(area string, directory *registry.Directory, now time.Time) findings {
	var found findings
	for _, id := range directory.IDs() {
		live := 0
		for _, key := range directory.Keys(id) {
			const do = "agree on the next key with the registry, and add it to the file of registries"
			switch {
			case key.Until.IsZero() || key.Until.Sub(now) >= keyWarning:
				live++
			case key.Until.After(now):
				live++
				found = append(found, warn(area, do, "%s: the key %s ends at %s", id, key.ID, key.Until.Format(time.RFC3339)))
			default:
				found = append(found, warn(area, "remove it, or renew it with the registry", "%s: the key %s has ended at %s", id, key.ID, key.Until.Format(time.RFC3339)))
			}
		}
		if live == 0 {
			found = append(found, wrong(area, "register a new key of the registry", "%s: every key has ended, so all its requests are rejected", id))
		}
	}
	return found
}
