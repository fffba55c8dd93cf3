package bff

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// peek gives the next byte, 0 at the end: no JSON token begins with it.
func (p *parser) peek() byte {
	if p.at == len(p.data) {
		return 0
	}
	return p.data[p.at]
}

func (p *parser) skip(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.at++
	return true
}

func (p *parser) space() {
	for c := p.peek(); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = p.peek() {
		p.at++
	}
}

func (p *parser) word(w string) bool {
	if !strings.HasPrefix(string(p.data[p.at:min(len(p.data), p.at+len(w))]), w) {
		return false
	}
	p.at += len(w)
	return true
}

// number reads a number of RFC 8259 and keeps it only where it is whole and safe.
func (p *parser) number() (any, error) {
	start := p.at
	p.skip('-')
	if !p.skip('0') && p.digits() == 0 {
		return nil, errSyntax
	}
	whole := true
	if p.skip('.') {
		whole = false
		if p.digits() == 0 {
			return nil, errSyntax
		}
	}
	if p.skip('e') || p.skip('E') {
		whole = false
		_ = p.skip('+') || p.skip('-')
		if p.digits() == 0 {
			return nil, errSyntax
		}
	}
	n, err := strconv.ParseInt(string(p.data[start:p.at]), 10, 64)
	if whole && err == nil && -maxSafeInt <= n && n <= maxSafeInt {
		return float64(n), nil
	}
	return refused{}, nil
}

func (p *parser) digits() int {
	start := p.at
	for c := p.peek(); '0' <= c && c <= '9'; c = p.peek() {
		p.at++
	}
	return p.at - start
}

// text reads a string. Most have no escape and are taken as they stand.
func (p *parser) text() (string, error) {
	p.at++
	start := p.at
	for {
		switch c := p.peek(); {
		case c == '"':
			p.at++
			return string(p.data[start : p.at-1]), nil
		case c == '\\':
			return p.escapedText(start)
		case c < ' ': // the end of the data too
			return "", errSyntax
		}
		p.at++
	}
}

func (p *parser) escapedText(start int) (string, error) {
	out := append([]byte(nil), p.data[start:p.at]...)
	for {
		c := p.peek()
		switch {
		case c == '"':
			p.at++
			return string(out), nil
		case c < ' ':
			return "", errSyntax
		case c != '\\':
			out = append(out, c)
			p.at++
			continue
		}
		r, err := p.escape()
		if err != nil {
			return "", err
		}
		out = utf8.AppendRune(out, r)
	}
}

// escape reads one escape, a surrogate pair as one.
func (p *parser) escape() (rune, error) {
	p.at++
	c := p.peek()
	p.at++
	if c != 'u' {
		return plainEscape(c)
	}
	r, err := p.hex4()
	if err != nil {
		return 0, err
	}
	switch {
	case r == 0:
		return 0, errNUL
	case !utf16.IsSurrogate(r):
		return r, nil
	case !p.word(`\u`):
		return 0, errSurrogate
	}
	low, err := p.hex4()
	if err != nil {
		return 0, err
	}
	if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
		return 0, errSurrogate
	}
	return r, nil
}

func plainEscape(c byte) (rune, error) {
	switch c {
	case '"', '\\', '/':
		return rune(c), nil
	case 'b':
		return '\b', nil
	case 'f':
		return '\f', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 't':
		return '\t', nil
	}
	return 0, errSyntax
}

func (p *parser) hex4() (rune, error) {
	const length = 4
	if len(p.data)-p.at < length {
		return 0, errSyntax
	}
	n, err := strconv.ParseUint(string(p.data[p.at:p.at+length]), 16, 16)
	if err != nil {
		return 0, errSyntax
	}
	p.at += length
	return rune(n), nil
}
