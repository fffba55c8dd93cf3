package agency_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/agency"
	"renzheng/providers/agency/agencytest"
	"renzheng/verification"
)

// Either side may sign by P-256 instead of Ed25519.
func TestClient_SpeaksP256(t *testing.T) {
	t.Parallel()
	k := keys(t)
	k.ClientKey, k.ClientPublic = pemOf(t)
	k.GatewayKey, k.GatewayPublic = pemOf(t)
	gateway, err := agencytest.New(agencytest.Options{Keys: k, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gateway)
	defer server.Close()
	config := agency.Config{
		URL: server.URL, KeyID: k.ClientID, Key: identity.NewSecret(k.ClientKey), Clock: time.Now,
		GatewayKeys: []agency.GatewayKey{{ID: k.GatewayID, PublicKey: k.GatewayPublic}},
	}
	query := verification.DocumentQuery{AttemptID: attemptID, Document: passport(t)}
	client, err := agency.New(config)
	if err != nil {
		t.Fatal(err)
	}
	got, err := client.CheckDocument(t.Context(), query)
	if err != nil || got.Outcome != verification.OutcomePassed {
		t.Errorf("got %+v and error %v, want a pass", got, err)
	}
	_, config.GatewayKeys[0].PublicKey = pemOf(t)
	if client, err = agency.New(config); err != nil {
		t.Fatal(err)
	}
	_, err = client.CheckDocument(t.Context(), query)
	wantCode(t, "a key that is not the gateway's", err, "bad_signature")
}
