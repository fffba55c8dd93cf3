package alipay

import (
	"bytes"
	"encoding/json"
	"slices"
)

const (
	signNode    = "sign"
	errorNode   = "error_response"
	longestSign = 2048 // characters; an RSA key of 2048 bits makes 344
)

// normalize writes what the SDK reads in one spelling only as it reads it: the
// signature, of which it takes the characters as they came, though JSON may
// write "/" as "\/" and "=" as "\u003d"; and the codes of the error node, which
// may be numbers. What was signed stays as it came, byte for byte. A body that
// does not read as JSON is left to the SDK.
func normalize(body []byte) []byte {
	var nodes map[string]json.RawMessage
	if json.Unmarshal(body, &nodes) != nil {
		return body
	}
	sign, escaped := unescaped(nodes[signNode])
	if escaped {
		nodes[signNode] = sign
	}
	refusal, refused := nodes[errorNode]
	if refused {
		nodes[errorNode] = textCodes(refusal)
	}
	if !escaped && !refused {
		return body
	}
	return join(nodes)
}

// unescaped returns the string of a signature without escapes, and reports
// whether there were any.
func unescaped(raw json.RawMessage) (json.RawMessage, bool) {
	var sign string
	if !bytes.ContainsRune(raw, '\\') || json.Unmarshal(raw, &sign) != nil || !wellFormed(sign, longestSign, "+/=") {
		return raw, false
	}
	return json.RawMessage(`"` + sign + `"`), true
}

// textCodes keeps of an error node the codes, as strings. Nobody signs it.
func textCodes(raw json.RawMessage) json.RawMessage {
	var refusal answer
	if json.Unmarshal(raw, &refusal) != nil {
		return raw
	}
	code, subCode := refusal.outcome()
	text, err := json.Marshal(map[string]string{"code": code, "sub_code": subCode})
	if err != nil {
		return raw
	}
	return text
}

// join writes an object whose values stay as they are, which an encoder would
// compact.
func join(nodes map[string]json.RawMessage) []byte {
	members := make([][]byte, 0, len(nodes))
	for name, value := range nodes {
		key, err := json.Marshal(name)
		if err != nil {
			continue // a string encodes
		}
		members = append(members, slices.Concat(key, []byte(":"), value))
	}
	return slices.Concat([]byte("{"), bytes.Join(members, []byte(",")), []byte("}"))
}
