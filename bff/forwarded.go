package bff

import (
	"fmt"
	"iter"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Header fields in which proxies name the client.
const (
	HeaderForwardedFor = "X-Forwarded-For"
	HeaderForwarded    = "Forwarded" // RFC 7239
)

// forwarding finds the client of a request that came through trusted proxies.
type forwarding struct {
	trusted []netip.Prefix
	header  string // the only field that is read; proxies pass the other one on as the client sent it
}

func newForwarding(networks []string, header string) (forwarding, error) {
	f := forwarding{header: header}
	for _, network := range networks {
		prefix, err := netip.ParsePrefix(network)
		if err != nil {
			return f, fmt.Errorf("reading the trusted proxies: %w", err)
		}
		if addr := prefix.Addr(); addr.Is4In6() && prefix.Bits() >= mappedBits {
			prefix = netip.PrefixFrom(addr.Unmap(), prefix.Bits()-mappedBits)
		}
		f.trusted = append(f.trusted, prefix)
	}
	return f, nil
}

// mappedBits is the length of ::ffff:0:0/96, the prefix of IPv4-mapped addresses.
const mappedBits = 96

// client returns the address of the client: the first address from the right that
// is not a trusted proxy's. If an address to the right of it, or itself, cannot be
// parsed, client returns the peer and false.
func (f forwarding) client(r *http.Request) (addr netip.Addr, ok bool) {
	peer, _ := parseNode(r.RemoteAddr)
	if addr = peer; !f.trusts(peer) {
		return peer, true
	}
	for node := range f.nodes(r.Header.Values(f.header)) {
		if addr, ok = parseNode(node); !ok {
			return peer, false
		}
		if !f.trusts(addr) {
			break
		}
	}
	return addr, true
}

func (f forwarding) trusts(addr netip.Addr) bool {
	return slices.ContainsFunc(f.trusted, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// nodes yields the node of each element of the field, from the right. It yields ""
// for an element that names no node or is not well-formed.
func (f forwarding) nodes(lines []string) iter.Seq[string] {
	split := forwardedNodes
	if f.header == HeaderForwardedFor {
		split = commaSeparated
	}
	return func(yield func(string) bool) {
		for _, line := range slices.Backward(lines) {
			for _, node := range slices.Backward(split(line)) {
				if !yield(node) {
					return
				}
			}
		}
	}
}

// commaSeparated splits a list without its empty elements (RFC 9110 §5.6.1).
func commaSeparated(line string) []string {
	var elements []string
	for element := range strings.SplitSeq(line, ",") {
		if element = strings.Trim(element, " \t"); element != "" {
			elements = append(elements, element)
		}
	}
	return elements
}

// parseNode parses an address as proxies write it: IPv4 or IPv6, the latter with
// or without brackets, perhaps with a zone, a port and quotation marks around
// all of it. Names and obfuscated identifiers are not addresses.
func parseNode(node string) (netip.Addr, bool) {
	if n := len(node); n > 1 && node[0] == '"' && node[n-1] == '"' {
		node = node[1 : n-1]
	}
	host, port := node, ""
	switch inner, bracketed := strings.CutPrefix(node, "["); {
	case bracketed:
		var closed bool
		if host, port, closed = strings.Cut(inner, "]"); !closed || !strings.Contains(host, ":") {
			return netip.Addr{}, false
		}
	case strings.Count(node, ":") == 1:
		colon := strings.IndexByte(node, ':')
		host, port = node[:colon], node[colon:]
	}
	addr, err := netip.ParseAddr(host)
	if err != nil || !isPort(port) {
		return netip.Addr{}, false
	}
	return addr.Unmap().WithZone(""), true
}

// isPort reports whether text is empty, or a colon and a port, which RFC 7239 §6
// allows to be obfuscated.
func isPort(text string) bool {
	port, colon := strings.CutPrefix(text, ":")
	if !colon {
		return text == ""
	}
	if obfuscated, ok := strings.CutPrefix(port, "_"); ok {
		return obfuscated != "" && strings.Trim(obfuscated, letters+digits+"._-") == ""
	}
	const longest = 5 // 65535
	return port != "" && len(port) <= longest && strings.Trim(port, digits) == ""
}
