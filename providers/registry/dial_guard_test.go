package registry_test

import (
	"net/netip"
	"testing"

	"renzheng/providers/registry"
)

func TestGuard_Permits(t *testing.T) {
	t.Parallel()
	const host = "events.example.cn"
	cases := map[string]struct {
		allow   []string
		address string
		want    bool
	}{
		"a public address of the host":              {[]string{host}, "8.8.8.8", true},
		"a public IPv6 address of the host":         {[]string{host}, "2400:3200::1", true},
		"a public address in a network":             {[]string{"8.8.8.0/24"}, "8.8.8.8", true},
		"a public address beside the network":       {[]string{"8.8.8.0/24"}, "8.8.4.4", false},
		"an address named alone":                    {[]string{"8.8.8.8"}, "8.8.8.8", true},
		"loopback of the host":                      {[]string{host}, "127.0.0.1", false},
		"loopback in all of IPv4":                   {[]string{"0.0.0.0/1", "128.0.0.0/1"}, "127.0.0.1", false},
		"loopback by name":                          {[]string{"127.0.0.0/8"}, "127.0.0.1", true},
		"IPv6 loopback of the host":                 {[]string{host}, "::1", false},
		"IPv6 loopback by name":                     {[]string{"::1"}, "::1", true},
		"private of the host":                       {[]string{host}, "10.1.2.3", false},
		"private by its network":                    {[]string{"10.1.0.0/16"}, "10.1.2.3", true},
		"private beside its network":                {[]string{"10.1.0.0/16"}, "10.2.2.3", false},
		"private 172 of the host":                   {[]string{host}, "172.31.0.1", false},
		"private 192 of the host":                   {[]string{host}, "192.168.1.1", false},
		"carrier's of the host":                     {[]string{host}, "100.64.0.1", false},
		"unique local of the host":                  {[]string{host}, "fd12::1", false},
		"unique local by its network":               {[]string{"fd12::/16"}, "fd12::1", true},
		"link-local of the host":                    {[]string{host}, "169.254.1.1", false},
		"metadata of the host":                      {[]string{host}, "169.254.169.254", false},
		"metadata inside a private network":         {[]string{"100.64.0.0/10"}, "100.100.100.200", false},
		"metadata inside a unique local network":    {[]string{"fd00::/8"}, "fd00:ec2::254", false},
		"IPv6 link-local of the host":               {[]string{host}, "fe80::1", false},
		"IPv6 link-local with its zone":             {[]string{host}, "fe80::1%eth0", false},
		"a public address with a zone":              {[]string{host}, "2400:3200::1%eth0", false},
		"multicast of the host":                     {[]string{host}, "224.0.0.1", false},
		"IPv6 multicast of the host":                {[]string{host}, "ff02::1", false},
		"broadcast of the host":                     {[]string{host}, "255.255.255.255", false},
		"unspecified of the host":                   {[]string{host}, "0.0.0.0", false},
		"IPv6 unspecified of the host":              {[]string{host}, "::", false},
		"mapped loopback of the host":               {[]string{host}, "::ffff:127.0.0.1", false},
		"mapped public of the host":                 {[]string{host}, "::ffff:8.8.8.8", false},
		"mapped public by its network":              {[]string{host, "::ffff:8.8.8.0/120"}, "::ffff:8.8.8.8", true},
		"mapped loopback by half its names":         {[]string{"::ffff:127.0.0.0/104"}, "::ffff:127.0.0.1", false},
		"mapped metadata by its network":            {[]string{"::ffff:0:0/96"}, "::ffff:169.254.169.254", false},
		"NAT64 loopback of the host":                {[]string{host}, "64:ff9b::7f00:1", false},
		"NAT64 public of the host":                  {[]string{host}, "64:ff9b::808:808", false},
		"NAT64 public by its network":               {[]string{host, "64:ff9b::/96"}, "64:ff9b::808:808", true},
		"NAT64 metadata by its network":             {[]string{host, "64:ff9b::/96"}, "64:ff9b::a9fe:a9fe", false},
		"local NAT64 of the host":                   {[]string{host}, "64:ff9b:1::808:808", false},
		"6to4 of the host":                          {[]string{host}, "2002:7f00:1::1", false},
		"Teredo of the host":                        {[]string{host}, "2001:0:7f00:1::1", false},
		"IPv4-compatible loopback of the host":      {[]string{host}, "::127.0.0.1", false},
		"translated loopback of the host":           {[]string{host}, "::ffff:0:127.0.0.1", false},
		"translated public of the host":             {[]string{host}, "::ffff:0:8.8.8.8", false},
		"translated metadata by its network":        {[]string{host, "::ffff:0:0:0/96"}, "::ffff:0:169.254.169.254", false},
		"mapped private of the host":                {[]string{host}, "::ffff:10.1.2.3", false},
		"IPv6 documentation of the host":            {[]string{host}, "2001:db8::1", false},
		"newer IPv6 documentation of the host":      {[]string{host}, "3fff:fff::1", false},
		"behind the newer IPv6 documentation":       {[]string{host}, "3fff:1000::1", true},
		"benchmarks of the host":                    {[]string{host}, "2001:2::1", false},
		"ORCHID of the host":                        {[]string{host}, "2001:1f::1", false},
		"ORCHIDv2 of the host":                      {[]string{host}, "2001:2f::1", false},
		"ORCHIDv2 by its network":                   {[]string{"2001:20::/28"}, "2001:2f::1", true},
		"behind the protocols' addresses":           {[]string{host}, "2001:200::1", true},
		"dummy addresses of the host":               {[]string{host}, "100:0:0:1::1", false},
		"documentation of the host":                 {[]string{host}, "192.0.2.1", false},
		"a public address of nobody's IPv4 network": {[]string{"10.0.0.0/8"}, "8.8.8.8", false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := registry.Permits(t, c.allow, host, netip.MustParseAddr(c.address)); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestGuard_KeepsPlainHTTPOnLoopback(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{"127.0.0.1": true, "10.0.0.1": false, "8.8.8.8": false} {
		if got := registry.PermitsPlain(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: got %v, want %v", address, got, want)
		}
	}
}
