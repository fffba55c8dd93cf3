package strictjson

import "github.com/go-json-experiment/json"

// Decode reads one value into the value that into points to. It rejects members for which a struct has no field. Tags
// and UnmarshalJSON methods are those of encoding/json.
func Decode(data []byte, into any) error {
	if offset := deepAt(data); offset >= 0 {
		return &Error{Rule: Depth, Offset: offset}
	}
	if err := json.Unmarshal(data, into, json.RejectUnknownMembers(true)); err != nil {
		return newError(data, err)
	}
	return nil
}

// deepAt returns the offset of the first object or array that is too deep, or -1. The text need not be JSON.
func deepAt(text []byte) int64 {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[', c == '{':
			if depth++; depth > maxDepth {
				return int64(i)
			}
		case c == ']', c == '}':
			depth--
		}
	}
	return -1
}
