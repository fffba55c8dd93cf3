package registry

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"syscall"
)

// dialGuard decides which addresses a call-back may reach. It checks every address
// when a connection is made, because a name may resolve to another address than
// when it was configured.
type dialGuard struct {
	publicHost   bool           // the operator allowed the host by its name
	networks     []netip.Prefix // and these networks
	loopbackOnly bool           // plain http
}

var errAddressRefused = errors.New("the address is not allowed")

// allow adds an entry of the allow-list, or returns what is wrong with it.
func (g *dialGuard) allow(entry, host string) string {
	network, err := netip.ParsePrefix(entry)
	if address, single := netip.ParseAddr(entry); single == nil && address.Zone() == "" {
		network, err = netip.PrefixFrom(address, address.BitLen()), nil
	}
	switch {
	case err != nil && entry == host && host != "":
		g.publicHost = true
		return ""
	case err != nil:
		return "is neither a network nor the host of url"
	case network != network.Masked():
		return "must be the first address of its network"
	case slices.ContainsFunc(neverReached(), func(never netip.Prefix) bool { return covers(never, network) }):
		return "names addresses that are never reached"
	}
	g.networks = append(g.networks, network)
	return ""
}

// control rejects an address before anything is sent to it.
func (g *dialGuard) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil || !g.permits(target.Addr()) {
		return errAddressRefused
	}
	return nil
}

// permits reports whether an address may be reached. It must be allowed. If it is
// not an ordinary public address, it must be allowed by a network of its own kind.
func (g *dialGuard) permits(a netip.Addr) bool {
	if a.Zone() != "" || contained(neverReached(), a) || g.loopbackOnly && !a.Unmap().IsLoopback() {
		return false
	}
	if inner, ok := embedded(a); ok && !g.permits(inner) {
		return false
	}
	for _, kind := range namedOnly() {
		if kind.Contains(a) && !slices.ContainsFunc(g.networks, func(n netip.Prefix) bool { return n.Contains(a) && covers(kind, n) }) {
			return false
		}
	}
	return g.publicHost || contained(g.networks, a)
}

func contained(networks []netip.Prefix, a netip.Addr) bool {
	return slices.ContainsFunc(networks, func(n netip.Prefix) bool { return n.Contains(a) })
}

// covers reports whether inner lies within outer.
func covers(outer, inner netip.Prefix) bool {
	return outer.Contains(inner.Addr()) && inner.Bits() >= outer.Bits()
}

// embedded returns the IPv4 address that an IPv6 address leads to.
func embedded(a netip.Addr) (netip.Addr, bool) {
	if a.Is4() || !contained(prefixes("::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96"), a) {
		return netip.Addr{}, false
	}
	bytes := a.As16()
	return netip.AddrFrom4([4]byte(bytes[12:])), true
}

// neverReached are addresses that no operator can want: other names of this host,
// the local link, metadata services of clouds, multicast, and forms that hide an
// IPv4 address. Source: IANA special-purpose address registries; the clouds'
// documentation.
func neverReached() []netip.Prefix {
	return prefixes(
		"0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4",
		"::/128", "fe80::/10", "fec0::/10", "ff00::/8",
		"100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::254/128", "fd20:ce::254/128", // metadata
		"2002::/16", "2001::/32", // 6to4 and Teredo
	)
}

// namedOnly are addresses to which a host name must not resolve unless their
// network is allowed by itself. Source: IANA special-purpose address registries.
func namedOnly() []netip.Prefix {
	return prefixes(
		"127.0.0.0/8", "::1/128", // loopback
		"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", // private
		"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", // assigned to no one
		"100::/64", "100:0:0:1::/64", "2001:db8::/32", "3fff::/20", "5f00::/16",
		// protocols: benchmarks 2001:2::/48, ORCHID 2001:10::/28 and 2001:20::/28, DRIP 2001:30::/28
		"2001::/23",
		"::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", // IPv4 in another form
	)
}

func prefixes(texts ...string) []netip.Prefix {
	parsed := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		parsed[i] = netip.MustParsePrefix(text)
	}
	return parsed
}
