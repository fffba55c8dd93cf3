package policy_test

import (
	"slices"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/verification/policy"
)

func TestDefaultPolicy_Steps(t *testing.T) {
	t.Parallel()
	p := defaultPolicy(t)
	for _, channel := range []string{"alipay", "wechat", "web"} {
		for _, document := range identity.DocumentTypes() {
			for _, purpose := range []policy.Purpose{policy.Access, policy.Confirm} {
				route := policy.Route{Purpose: purpose, Document: document, Channel: channel}
				want := []policy.CheckKind{policy.Face}
				if purpose == policy.Access && document == identity.ResidentID {
					want = append(want, policy.BankCard)
				}
				steps, known := p.Steps(route)
				var got []policy.CheckKind
				for _, step := range steps {
					got = append(got, step.Check)
				}
				if !known || !slices.Equal(got, want) {
					t.Errorf("%v: got %v, want %v", route, got, want)
				}
			}
		}
	}
}

// A freeze is lifted by what access takes, on every route, and no policy says otherwise.
func TestPolicy_LiftTakesTheChecksOfAccess(t *testing.T) {
	t.Parallel()
	p := defaultPolicy(t)
	for _, channel := range policy.Channels() {
		for _, document := range identity.DocumentTypes() {
			access, _ := p.Steps(policy.Route{Purpose: policy.Access, Document: document, Channel: channel})
			lift, ok := p.Steps(policy.Route{Purpose: policy.Lift.Route(), Document: document, Channel: channel})
			kinds := func(steps []policy.Step) (found []policy.CheckKind) {
				for _, step := range steps {
					found = append(found, step.Check)
				}
				return found
			}
			if !ok || !slices.Equal(kinds(lift), kinds(access)) {
				t.Errorf("%s in %s: got %v, want %v", document, channel, kinds(lift), kinds(access))
			}
		}
	}
	_, err := policy.Load([]byte(`{"version":"1","routes":[{"purposes":["lift"],"documents":["passport"],"channels":["alipay"],
		"steps":[{"check":"face","providers":["agency"]}]}]}`))
	if err == nil {
		t.Error("a policy weakens the lift of a freeze")
	}
}

func TestDefaultPolicy_Providers(t *testing.T) {
	t.Parallel()
	p := defaultPolicy(t)
	for _, tt := range []struct {
		name     string
		document identity.DocumentType
		channel  string
		want     string
	}{
		{"a resident ID in Alipay is Alipay's", identity.ResidentID, "alipay", "alipay"},
		{"a permit in Alipay is Alipay's, else the agency's", identity.TaiwanPermit, "alipay", "alipay agency"},
		{"a passport is the agency's everywhere", identity.Passport, "alipay", "agency"},
		{"a resident ID in WeChat is WeChat's", identity.ResidentID, "wechat", "wechat"},
		{"a permit in WeChat is the agency's", identity.HKMacauPermit, "wechat", "agency"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			route := policy.Route{Purpose: policy.Access, Document: tt.document, Channel: tt.channel}
			names := make([]string, 0, 2)
			for _, p := range p.Providers(route, policy.Face) {
				names = append(names, p.Name)
			}
			if got := strings.Join(names, " "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

const smallest = `{"version":"1","routes":[{"purposes":["confirm"],"documents":["resident_id"],
	"channels":["alipay"],"steps":[{"check":"face","providers":["alipay"]}]}]}`

func TestLoadPolicy_Floor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, old, replacement, want string
	}{
		{"no version", `"version":"1"`, `"version":""`, "version"},
		{"a version that is long", `"version":"1"`, `"version":"` + strings.Repeat("1", 49) + `"`, "version"},
		{"an unknown member", `"version":"1"`, `"version":"1","x":1`, "/x: unknown member"},
		{"a second value", `["alipay"]}]}]}`, `["alipay"]}]}]} {}`, "more than one"},
		{"no checks at all", `[{"check":"face","providers":["alipay"]}]`, `[]`, "first step must be the face"},
		{"a bank card before the face", `{"check":"face"`, `{"check":"bank_card","providers":["x"]},{"check":"face"`, "first step must be the face"},
		{"access with a resident ID without the bank card", `"confirm"`, `"access"`, "bank card is missing"},
		{"an unknown purpose", `"confirm"`, `"peek"`, "purpose"},
		{"an unknown document", `"resident_id"`, `"library_card"`, "document type"},
		{"a channel that has no notices", `["alipay"],"steps"`, `["fax"],"steps"`, "channel"},
		{"no channel", `["alipay"],"steps"`, `[],"steps"`, "at least"},
		{"a route served twice", `["alipay"],"steps"`, `["alipay","alipay"],"steps"`, "served twice"},
		{"no provider", `"providers":["alipay"]`, `"providers":[]`, "providers by name"},
		{"every provider as a provider", `"providers":["alipay"]`, `"providers":["*"]`, "providers by name"},
		{"an unknown check", `["alipay"]}]`, `["alipay"]},{"check":"aura","providers":["x"]}]`, "unknown"},
		{"a check twice", `["alipay"]}]`, `["alipay"]},{"check":"face","providers":["x"]}]`, "twice"},
		{"a provider twice", `"providers":["alipay"]`, `"providers":["alipay","alipay"]`, "twice"},
		{"a share without a weight", `["alipay"]}]}]}`, `[{"name":"alipay"}]}]}]}`, "no weight"},
		{"a negative share", `["alipay"]}]}]}`, `[{"name":"alipay","weight":-1}]}]}]}`, "outside"},
		{"a share that nobody can count", `["alipay"]}]}]}`, `[{"name":"alipay","weight":100000}]}]}]}`, "outside"},
		{"nobody with a share", `["alipay"]}]}]}`, `[{"name":"alipay","weight":0}]}]}]}`, "a provider with a weight"},
		{"names and shares mixed", `["alipay"]}]}]}`, `["alipay",{"name":"agency","weight":1}]}]}]}`, "names, or objects"},
		{"an unknown member of a share", `["alipay"]}]}]}`, `[{"name":"alipay","weight":1,"off":true}]}]}]}`, "names, or objects"},
		{"no routes", `"version":"1","routes":[`, `"version":"1","routes":[],"x":[`, "/x: unknown member"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(smallest, tt.old) {
				t.Fatalf("the sample lacks %q", tt.old)
			}
			_, err := policy.Load([]byte(strings.Replace(smallest, tt.old, tt.replacement, 1)))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error about %q", err, tt.want)
			}
		})
	}
	_, err := policy.Load([]byte(`{"version":"1","routes":[]}`))
	if err == nil || !strings.Contains(err.Error(), "routes are empty") {
		t.Errorf("got %v, want a refusal of an empty list", err)
	}
}

func TestPolicy_Digest(t *testing.T) {
	t.Parallel()
	one := loadPolicy(t, smallest)
	spaced := loadPolicy(t, strings.ReplaceAll(smallest, ",", " ,\n"))
	if one.Digest() != spaced.Digest() || len(one.Digest()) != 64 {
		t.Errorf("got %s and %s, want the same 64 digits whatever the white space", one.Digest(), spaced.Digest())
	}
	shares := loadPolicy(t, strings.Replace(smallest, `["alipay"]}]}]}`, `[{"name":"alipay","weight":1}]}]}]}`, 1))
	if shares.Digest() != one.Digest() {
		t.Error("got another digest for the same policy in other words")
	}
	other := loadPolicy(t, strings.Replace(smallest, `["alipay"]}]}]}`, `["alipay","agency"]}]}]}`, 1))
	if other.Digest() == one.Digest() {
		t.Error("got the same digest for another policy")
	}
}

func FuzzLoadPolicy(f *testing.F) {
	f.Add([]byte(smallest))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := policy.Load(raw)
		if err != nil {
			return
		}
		route := policy.Route{Purpose: policy.Access, Document: identity.ResidentID, Channel: "alipay"}
		if steps, known := p.Steps(route); known && (steps[0].Check != policy.Face || len(steps) < 2) {
			t.Errorf("got %v, below the floor", steps)
		}
	})
}

// A policy that does not say so lists nothing without access, and keeps its digest.
func TestPolicy_SessionRecordsAreOffByDefault(t *testing.T) {
	t.Parallel()
	off, on := loadPolicy(t, smallest), loadPolicy(t, strings.Replace(smallest, `{`, `{"session_records":true,`, 1))
	if defaultPolicy(t).SessionRecords() || off.SessionRecords() || !on.SessionRecords() {
		t.Errorf("got %t, %t and %t, want them off by default", defaultPolicy(t).SessionRecords(), off.SessionRecords(), on.SessionRecords())
	}
	explicit := loadPolicy(t, strings.Replace(smallest, `{`, `{"session_records":false,`, 1))
	if off.Digest() != explicit.Digest() || off.Digest() == on.Digest() {
		t.Error("the digest does not say whether they are on")
	}
}

func defaultPolicy(tb testing.TB) *policy.Policy {
	tb.Helper()
	p, err := policy.Default()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func loadPolicy(tb testing.TB, raw string) *policy.Policy {
	tb.Helper()
	p, err := policy.Load([]byte(raw))
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func TestLoadPolicy_TakesTheEdgesOfProviders(t *testing.T) {
	t.Parallel()
	for providers, valid := range map[string]bool{
		`[{"name":"` + strings.Repeat("a", 48) + `","weight":1}]`: true,
		`[{"name":"` + strings.Repeat("a", 49) + `","weight":1}]`: false,
		`[{"name":"a","weight":0},{"name":"b","weight":1}]`:       true,
		`[{"name":"a","weight":-1},{"name":"b","weight":2}]`:      false,
		`[{"name":"a","weight":1000}]`:                            true,
		`[{"name":"a","weight":1001}]`:                            false,
	} {
		_, err := policy.Load([]byte(strings.Replace(smallest, `["alipay"]}]}]`, providers+`}]}]`, 1)))
		if (err == nil) != valid {
			t.Errorf("%s: got %v, want valid %t", providers, err, valid)
		}
	}
}
