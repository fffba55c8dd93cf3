package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"renzheng/test/harness"
	"renzheng/test/people"
	"renzheng/verification/policy"
)

// tireless lets persons try all the time, so that every try that is missing in
// the end can be seen. Time-outs, windows and open breakers are short enough for
// a round to see who waits, who is turned away, and who probes; places are few
// enough for these persons to fill them.
func tireless(folder string) (harness.Settings, error) {
	sources := filepath.Join(folder, "sources.json") // without rules
	if err := os.WriteFile(sources, []byte(`{"version":"brownout","rules":[]}`), 0o600); err != nil {
		return nil, fmt.Errorf("writing the sources' rules: %w", err)
	}
	settings := harness.Settings{
		"BFF_SOURCES": sources, "BFF_REQUESTS_PER_MIN": "100000000", "BFF_LOG_LEVEL": "warn",
		"BFF_RESILIENCE_OPEN_FOR": "1s", "BFF_RESILIENCE_WINDOW": "4s", "BFF_RESILIENCE_PLACES": "16", "BFF_ALIPAY_TIMEOUT": "2s", "BFF_TENCENTCLOUD_TIMEOUT": "2s",
	}
	for _, name := range []string{"FACE", "FACE_OF_SUBJECT", "BANK_CARD", "BANK_CARD_OF_SUBJECT"} {
		settings["BFF_LIMITS_"+name] = "10000"
	}
	for _, name := range []string{"FACE_STARTS", "BANK_CARD_STARTS", "CARD", "STARTS", "CONSENTS"} {
		settings["BFF_LIMITS_"+name] = "100000"
	}
	return settings, nil
}

// standBetween puts a far end before each third party, and returns the settings
// that lead the server there.
func (b *brownout) standBetween(ctx context.Context) (harness.Settings, error) {
	b.parties = []*party{
		{name: "alipay", at: policy.Face, fate: people.Passes, try: tryFace, leave: beginAnew},
		{name: "tencentcloud", at: policy.BankCard, fate: people.CardDiffers, try: tryCard},
	}
	for i, p := range b.parties {
		var err error
		if p.far, err = newFarEnd(ctx, b.sandbox.URL); err != nil {
			b.parties = b.parties[:i]
			return nil, err
		}
	}
	return harness.Settings{
		"BFF_ALIPAY_GATEWAY":        b.parties[0].far.url + "/gateway.do",
		"BFF_TENCENTCLOUD_ENDPOINT": strings.TrimPrefix(b.parties[1].far.url, "http://"),
	}, nil
}

// seed makes a reader, confirmations that are ready to be sent, and the persons
// of every third party.
func (b *brownout) seed(ctx context.Context) (err error) {
	const signers = 16
	begun := time.Now()
	o, err := openServices(ctx, b.files, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.store.Close()) }()
	rounds := len(ailments()) * len(b.parties) * b.options.Passes
	calm := rounds + 2*len(b.parties)*b.options.Passes // the first and one to warm up
	if b.seeds, err = o.seed(ctx, 0, signers, rounds*needed(b.options.Outage)+calm*needed(b.options.Calm)); err != nil {
		return fmt.Errorf("filling the database: %w", err)
	}
	for _, p := range b.parties {
		p.crowd = &crowd{try: p.try, leave: p.leave}
		if p.crowd.persons, err = o.strand(ctx, p.fate, b.options.Persons, p.at); err != nil {
			return fmt.Errorf("filling the database: %w", err)
		}
	}
	return b.say("%d confirmations and %d persons made in %.0f s",
		len(b.seeds.confirmations), len(b.parties)*b.options.Persons, time.Since(begun).Seconds())
}
