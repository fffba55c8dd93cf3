package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/keyring"
	"renzheng/setting"
	"renzheng/verification"
)

// checker tests one configuration. What does not depend on a broken setting is
// tested all the same.
type checker struct {
	*config.Config

	invalid error // problems of the settings
	clocks  clocks
}

// checkTime bounds one test of something that is reached over a network.
const checkTime = 10 * time.Second

// run runs all tests, those over a network at once, and returns what they found in a
// fixed order.
func (c *checker) run(ctx context.Context) findings {
	ring, keys := c.keys()
	tests := []func() findings{
		func() findings { return c.settings(ring) }, func() findings { return keys }, c.stateDir, c.texts, c.webClient,
		func() findings { return c.database(ctx, ring) }, func() findings { return c.registries(ctx) },
		func() findings { return c.collector(ctx) }, func() findings { return c.staff(ctx) },
	}
	for _, v := range c.Vendors() {
		tests = append(tests, func() findings { return c.vendor(ctx, v) })
	}
	results := make([]findings, len(tests))
	var running sync.WaitGroup
	for i, test := range tests {
		running.Go(func() { results[i] = test() })
	}
	running.Wait()
	var all findings
	for _, found := range results {
		all = append(all, found...)
	}
	return append(all, c.clocks.findings()...)
}

// settings reports every problem of the settings, those of the files that they name
// among them. Without a ring, the test of the key file has said what is wrong with it.
func (c *checker) settings(ring *keyring.Keyring) findings {
	var found findings
	for _, invalid := range setting.Split(c.invalid) {
		if strings.HasPrefix(invalid.Error(), "BFF_KEYS: ") && ring == nil {
			continue
		}
		what := strings.ReplaceAll(invalid.Error(), "\n", "; ")
		found = append(found, wrong("settings", "docs/configuration.md", "%s", what))
	}
	if len(found) > 0 || c.invalid != nil {
		return found
	}
	found = append(found, fine("settings", "all are valid; environment %s, issuer %s", c.Environment(), c.Issuer))
	if c.Sandbox() {
		found = append(found, warn("settings", "for real service, remove the settings of their addresses",
			"a third party is not at its vendor's address, so receipts say that they are of a sandbox"))
	} else if len(c.TrustedProxies) == 0 {
		found = append(found, warn("settings", "name the network of your proxy",
			"BFF_TRUSTED_PROXIES is empty: everybody behind a proxy shares its limit of requests"))
	}
	return append(found, c.unserved()...)
}

// unserved warns of documents whose owners are sent to the service window, because no
// configured provider can check them.
func (c *checker) unserved() findings {
	third, err := openThirdParties(c.Config, nil) // nothing is called
	if err != nil {
		return findings{wrong("settings", "docs/configuration.md", "%s", strings.ReplaceAll(err.Error(), "\n", "; "))}
	}
	texts, err := loadTexts(c.Config)
	if err != nil {
		return nil // a problem of the settings
	}
	rules := verification.New(verification.Deps{
		Faces: third.faces, BankCards: third.bankCards, FourElements: third.fourElements, Documents: third.documents,
		Channels: third.channels(), Policy: texts.policy,
	})
	routes := map[string][]string{} // channels and purposes by document
	var documents []string
	for _, r := range rules.UnservedRoutes() {
		document := string(r.Document)
		if routes[document] == nil {
			documents = append(documents, document)
		}
		routes[document] = append(routes[document], r.Channel+" "+string(r.Purpose))
	}
	var found findings
	for _, document := range documents {
		found = append(found, warn("settings", "configure a provider that checks it, or leave it at that",
			"nobody checks %s (%s): its owners are sent to the service window", document, strings.Join(routes[document], ", ")))
	}
	return found
}

// keys opens the key file. It returns nil for one that cannot be used.
func (c *checker) keys() (*keyring.Keyring, findings) {
	const area = "keys"
	info, err := os.Stat(c.Storage.Keys)
	if err != nil {
		return nil, findings{wrong(area, "bff keys generate PATH, and set BFF_KEYS to it; for a database with data, bring back the copy of its file",
			"the key file cannot be found: %v", err)}
	}
	content, err := c.Storage.ReadSecretFile(c.Storage.Keys)
	if errors.Is(err, config.ErrReadable) {
		return nil, findings{wrong(area, "chmod 600 "+c.Storage.Keys, "every user of the machine can read or change %s (mode %o)", c.Storage.Keys, info.Mode().Perm())}
	}
	ring, err := c.Storage.OpenKeys()
	if err != nil {
		return nil, findings{wrong(area, "bring back the copy of the file; never generate another one for a database with data", "%v", err)}
	}
	var found findings
	if unset, err := filepath.Abs(config.SandboxKeys); err == nil && c.Storage.Keys == unset {
		found = append(found, warn(area, "for real service, set BFF_KEYS to another file", "%s is where make run keeps the keys of its sandbox", c.Storage.Keys))
	}
	found = append(found, fine(area, "%s can be used, mode %o; keep a copy in a safe place, lost keys are lost data", c.Storage.Keys, info.Mode().Perm()))
	for _, kind := range []keyring.Kind{keyring.KindMaster, keyring.KindLookup, keyring.KindSigning} {
		found = append(found, newestKey(content, kind))
	}
	return ring, found
}

// newestKey says which key of a kind is used.
func newestKey(content []byte, kind keyring.Kind) finding {
	const area = "keys"
	listed, err := keyring.List(content, kind)
	switch {
	case err != nil:
		return wrong(area, "bring back the copy of the file", "%v", err)
	case len(listed) == 0:
		return wrong(area, "bff keys rotate FILE "+string(kind), "there is no %s key", kind)
	case listed[0].UseFrom.After(time.Now()):
		return fine(area, "%s key %s is published and seals from %s on (%d in the file)", kind, listed[0].ID, moment(listed[0].UseFrom), len(listed))
	}
	return fine(area, "%s key %s is in use (%d in the file)", kind, listed[0].ID, len(listed))
}

// texts says which policy, limits, notices and questions are used. Their problems are
// among those of the settings.
func (c *checker) texts() findings {
	const area = "texts"
	var found findings
	for _, t := range []struct{ what, variable, path string }{
		{"policy", "BFF_POLICY", c.Policy},
		{"limits of sources", "BFF_SOURCES", c.Sources},
		{"notices", "BFF_NOTICES", c.Notices},
		{"questions", "BFF_SUPPORT_FAQ", c.Support.FAQ},
	} {
		switch {
		case c.isInvalid(t.variable): // a problem of the settings
		case t.path != "" && hasBlanks(t.path):
			found = append(found, wrong(area, "fill in what is in the brackets 【…】", "%s: %s is the sample, with blanks", t.what, t.path))
		case t.path != "":
			found = append(found, fine(area, "%s: %s", t.what, t.path))
		case t.variable == "BFF_NOTICES" && !c.Sandbox():
			found = append(found, warn(area, "start from a copy of deploy/notices.json",
				"notices: built in, which name no authority and no way to reach it"))
		default:
			found = append(found, fine(area, "%s: built in", t.what))
		}
	}
	return found
}

// isInvalid reports whether a variable is among the problems of the settings.
func (c *checker) isInvalid(variable string) bool {
	return slices.ContainsFunc(setting.Split(c.invalid), func(invalid error) bool {
		return strings.HasPrefix(invalid.Error(), variable+": ")
	})
}

// webClient says what browsers get.
func (c *checker) webClient() findings {
	const area = "web"
	switch {
	case c.Web.Address == "" && c.Web.Folder == "":
		return findings{fine(area, "the channel for browsers is off")}
	case c.Web.Address == "":
		return findings{warn(area, "set BFF_WEB_ADDRESS, or remove BFF_WEB_FOLDER", "a client is served, but nobody can sign in with a browser")}
	case c.Web.Folder == "":
		return findings{fine(area, "browsers sign in at %s; another server has the client", c.Web.Address)}
	}
	return findings{fine(area, "browsers sign in at %s; the client is in %s", c.Web.Address, c.Web.Folder)}
}

// hasBlanks reports whether a file is a sample of deploy/ whose blanks were not filled in.
func hasBlanks(path string) bool {
	content, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	return err == nil && bytes.Contains(content, []byte("【登记机关全称】"))
}
