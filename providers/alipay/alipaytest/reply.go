package alipaytest

import (
	"encoding/json"
	"strings"
)

// reply is an answer before it is signed. The zero value means "none yet".
type reply struct {
	node   string // error_response or <method>_response
	value  []byte // JSON
	silent bool   // the platform decided, and nobody hears of it
}

type fields map[string]any

func success(method string, f fields) reply {
	f["code"], f["msg"] = "10000", "Success"
	return answering(method, f)
}

// failure is a refusal by the call itself.
func failure(method, subCode string) reply {
	return answering(method, fields{"code": "40004", "msg": "Business Failed", "sub_code": subCode})
}

// refusal returns an error of the gateway, before the call is made. It is in the
// node of the call, or in error_response for an unknown call and for the exchange
// of a code.
func refusal(method, code, subCode string) reply {
	node := "error_response"
	switch method {
	case methodProfile, methodInitialize, methodCertify, methodQuery, methodMessage:
		node = nodeOf(method)
	}
	return encoded(node, fields{"code": code, "msg": "Refused", "sub_code": subCode})
}

func answering(method string, f fields) reply {
	return encoded(nodeOf(method), f)
}

func nodeOf(method string) string { return strings.ReplaceAll(method, ".", "_") + "_response" }

func encoded(node string, f fields) reply {
	value, err := json.Marshal(f)
	if err != nil {
		value = []byte("{}") // strings and booleans only: it does not happen
	}
	return reply{node: node, value: value}
}
