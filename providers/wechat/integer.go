package wechat

import (
	"encoding/json"
	"strconv"
)

// readInteger parses an integer, which WeChat writes as a number in most answers
// and as a string in some. It returns false unless raw is a decimal integer in its
// shortest spelling.
func readInteger(raw json.RawMessage) (int64, bool) {
	text := string(raw)
	if len(raw) > 0 && raw[0] == '"' && json.Unmarshal(raw, &text) != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && strconv.FormatInt(n, 10) == text
}
