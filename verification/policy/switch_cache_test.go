package policy_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"renzheng/verification/policy"
)

var noon = time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC)

var errStore = errors.New("store is away")

// switchRows is a store that counts its reads.
type switchRows struct {
	all   []policy.Switch
	err   error
	reads int
}

func (r *switchRows) Switches(context.Context) ([]policy.Switch, error) {
	r.reads++
	return r.all, r.err
}

func (*switchRows) PutSwitch(context.Context, policy.Switch) error { return errStore }

func (*switchRows) SwitchHistory(context.Context, int) ([]policy.Switch, error) {
	return nil, errStore
}

func TestSwitchCache_Read(t *testing.T) {
	t.Parallel()
	rows := &switchRows{all: []policy.Switch{{Check: policy.Face, Provider: "alipay", State: policy.Off}}}
	cache := policy.SwitchCache{Rows: rows}
	for _, tt := range []struct {
		name  string
		at    time.Time
		reads int
	}{
		{"the first read", noon, 1},
		{"within two seconds", noon.Add(2*time.Second - 1), 1},
		{"after two seconds", noon.Add(2 * time.Second), 2},
		{"after the clock went back", noon, 3},
	} {
		switches, err := cache.Read(t.Context(), tt.at)
		if err != nil || len(switches.All) != 1 || !switches.At.Equal(tt.at) || rows.reads != tt.reads {
			t.Errorf("%s: got %v after %d reads, %v; want %d reads", tt.name, switches, rows.reads, err, tt.reads)
		}
	}
	rows.err = errStore
	if _, err := cache.Read(t.Context(), noon.Add(time.Hour)); !errors.Is(err, errStore) {
		t.Errorf("got %v, want the error of the store", err)
	}
}

func TestSwitches_Of(t *testing.T) {
	t.Parallel()
	set := func(provider string, state policy.SwitchState) policy.Switch {
		return policy.Switch{Check: policy.Face, Provider: provider, State: state}
	}
	expired := set("alipay", policy.Off)
	expired.Until = noon
	for name, tt := range map[string]struct {
		all  []policy.Switch
		want policy.SwitchState
	}{
		"without a switch":                           {nil, policy.On},
		"of the provider":                            {[]policy.Switch{set("alipay", policy.Off)}, policy.Off},
		"of another provider":                        {[]policy.Switch{set("wechat", policy.Off)}, policy.On},
		"of every provider":                          {[]policy.Switch{set(policy.EveryProvider, policy.Degraded)}, policy.Degraded},
		"off of all, degraded of the provider":       {[]policy.Switch{set("alipay", policy.Degraded), set(policy.EveryProvider, policy.Off)}, policy.Off},
		"off of the provider, degraded of all":       {[]policy.Switch{set(policy.EveryProvider, policy.Degraded), set("alipay", policy.Off)}, policy.Off},
		"expired":                                    {[]policy.Switch{expired}, policy.On},
		"of another check, although the same source": {[]policy.Switch{{Check: policy.BankCard, Provider: "alipay", State: policy.Off}}, policy.On},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := policy.Switches{All: tt.all, At: noon}.Of(policy.Face, "alipay")
			if got.State != tt.want || got.Check != policy.Face || got.Provider != "alipay" {
				t.Errorf("got %s of %s, want %s", got.State, got.Provider, tt.want)
			}
		})
	}
}
