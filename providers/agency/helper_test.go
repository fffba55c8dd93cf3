package agency_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/agency"
	"renzheng/providers/agency/agencytest"
	"renzheng/verification"
)

const (
	patience  = 10 * time.Second       // never reached
	impatient = 150 * time.Millisecond // for callers that wait in vain
	attemptID = "att_0123456789abcdef0123456789ab"
	openID    = "open-id-of-the-test"
)

func account(id string) identity.ChannelUser { return identity.NewChannelUser("", "open_id", id) }

func keys(tb testing.TB) agencytest.Keys {
	tb.Helper()
	made, err := agencytest.NewKeys(strings.NewReader(strings.Repeat("not a secret at all, ", 4)))
	if err != nil {
		tb.Fatal(err)
	}
	return made
}

func fateOf(f agencytest.Fate) func(agencytest.Call, agencytest.Person) agencytest.Fate {
	return func(agencytest.Call, agencytest.Person) agencytest.Fate { return f }
}

// at lets a fate befall one call only.
func at(call agencytest.Call, f agencytest.Fate) func(agencytest.Call, agencytest.Person) agencytest.Fate {
	return func(c agencytest.Call, _ agencytest.Person) agencytest.Fate {
		if c == call {
			return f
		}
		return agencytest.Fate{}
	}
}

// serve starts a gateway and returns its address.
func serve(t *testing.T, fate func(agencytest.Call, agencytest.Person) agencytest.Fate) (*agencytest.Gateway, string) {
	t.Helper()
	gateway, err := agencytest.New(agencytest.Options{Keys: keys(t), Clock: time.Now, Fate: fate})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gateway)
	t.Cleanup(server.Close)
	return gateway, server.URL
}

// configOf fills in keys and clock.
func configOf(tb testing.TB, c agency.Config) agency.Config {
	tb.Helper()
	k := keys(tb)
	c.KeyID, c.Key = k.ClientID, identity.NewSecret(k.ClientKey)
	c.GatewayKeys = []agency.GatewayKey{{ID: k.GatewayID, PublicKey: k.GatewayPublic}}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	return c
}

func open(tb testing.TB, c agency.Config) *agency.Client {
	tb.Helper()
	client, err := agency.New(configOf(tb, c))
	if err != nil {
		tb.Fatal(err)
	}
	return client
}

func passport(tb testing.TB) identity.Document {
	tb.Helper()
	d, err := identity.ParseDocument(identity.Passport, "E12345678", "林·海外")
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func faceStart(tb testing.TB) verification.FaceStart {
	tb.Helper()
	return verification.FaceStart{
		AttemptID: attemptID, Document: passport(tb), User: account(openID), PortraitToo: true,
	}
}

func faceQuery(tb testing.TB) verification.FaceQuery {
	tb.Helper()
	s := faceStart(tb)
	return verification.FaceQuery{ProviderID: s.AttemptID, AttemptID: s.AttemptID, Document: s.Document, User: s.User}
}

// roundTrip is a transport made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
