package alipay

import (
	"bytes"
	"encoding/json"
	"slices"

	"renzheng/providers/kit"
)

const (
	signNode    = "sign"
	errorNode   = "error_response"
	longestSign = 2048 // characters; a signature by an RSA key of 2048 bits has 344
)

// normalize rewrites two parts of an answer that the SDK understands in only one
// spelling. The SDK does not unescape the signature, although JSON may write "/"
// as "\/" and "=" as "\u003d". And it rejects numbers as codes of the error node.
// The signed bytes are not changed. A body that is not JSON is returned as it is.
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

// unescaped returns a signature without JSON escapes, and reports whether there
// were any.
func unescaped(raw json.RawMessage) (json.RawMessage, bool) {
	var sign string
	if !bytes.ContainsRune(raw, '\\') || json.Unmarshal(raw, &sign) != nil || !kit.WellFormed(sign, longestSign, "+/=") {
		return raw, false
	}
	return json.RawMessage(`"` + sign + `"`), true
}

// textCodes returns an error node with only its codes, as strings. The node is not
// signed, so it may be rewritten.
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

// join writes an object without changing the bytes of its values, which
// json.Marshal would compact.
func join(nodes map[string]json.RawMessage) []byte {
	members := make([][]byte, 0, len(nodes))
	for name, value := range nodes {
		key, err := json.Marshal(name)
		if err != nil {
			continue // never happens for a string
		}
		members = append(members, slices.Concat(key, []byte(":"), value))
	}
	return slices.Concat([]byte("{"), bytes.Join(members, []byte(",")), []byte("}"))
}
