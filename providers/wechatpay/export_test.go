package wechatpay

import "renzheng/identity"

// Sign, Decode and Verdict are for tests of the words on the wire.
func Sign(parameters map[string]string, key string) string {
	return fields(parameters).sign(identity.NewSecret(key))
}

// Decode reads XML.
func Decode(content []byte) (map[string]string, error) {
	read, err := decode(content)
	return read, err
}

// Encode writes XML.
func Encode(parameters map[string]string) []byte { return fields(parameters).encode() }

// Verdict translates the two results.
func Verdict(openID, realName string) (string, bool) {
	verdict, ok := verdictOf(openID, realName)
	return string(verdict), ok
}
