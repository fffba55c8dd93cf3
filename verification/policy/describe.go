package policy

import (
	"fmt"
	"strconv"
	"strings"

	"renzheng/identity"
)

// Describe returns a policy for people who compare two: for each purpose, document and channel its checks in their order, with
// the weights of their providers. It returns what Load does.
func Describe(raw []byte) (map[string]string, error) {
	p, err := Load(raw)
	if err != nil {
		return nil, err
	}
	fields := map[string]string{"version": p.data.Version, "session_records": strconv.FormatBool(p.data.SessionRecords)}
	for _, purpose := range []Purpose{Access, Confirm} {
		for _, document := range identity.DocumentTypes() {
			for _, channel := range Channels() {
				if steps, ok := p.Steps(Route{purpose, document, channel}); ok {
					fields[string(purpose)+" · "+string(document)+" · "+channel] = describe(steps)
				}
			}
		}
	}
	return fields, nil
}

func describe(steps []Step) string {
	lines := make([]string, len(steps))
	for i, step := range steps {
		providers := make([]string, len(step.Providers))
		for n, one := range step.Providers {
			providers[n] = fmt.Sprintf("%s (%d)", one.Name, one.Weight)
		}
		lines[i] = fmt.Sprintf("%d. %s: %s", i+1, step.Check, strings.Join(providers, ", "))
	}
	return strings.Join(lines, "\n")
}
