package wechatpaytest

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/xml"
	"io"
	"maps"
	"net/http"
	"slices"
)

// document is the XML of requests: a root with one level of elements.
type document struct {
	XMLName  xml.Name `xml:"xml"`
	Elements []struct {
		XMLName xml.Name
		Text    string     `xml:",chardata"`
		Nested  []struct{} `xml:",any"`
	} `xml:",any"`
}

// verify answers CallVerify.
func (s *Server) verify(r *http.Request, fault Fault) []byte {
	data, ok := readXML(r)
	switch {
	case !ok:
		return writeXML(map[string]string{"return_code": "FAIL", "return_msg": "XML格式错误", "error_code": "20002"})
	case !genuine(data, s.options.Key):
		return writeXML(map[string]string{"return_code": "FAIL", "return_msg": "sign error", "error_code": "20001"})
	}
	person := data["real_name"] != "" && data["cred_id"] != "" && slices.Contains([]string{"1", "2", "5", "9", "12", "17", "18"}, data["cred_type"])
	if len(data) != 11 || !person || !nonceFits(data["nonce_str"]) || !s.has(data, map[string]string{"version": "1.0"}) {
		return s.answer(fault, map[string]string{"result_code": "FAIL", "err_code": "PARAM_ERROR"})
	}
	if fault.Code != "" {
		return s.answer(fault, map[string]string{"result_code": "FAIL", "err_code": fault.Code})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	token, ok := s.tokens[data["access_token"]]
	if !ok || token.openID != data["openid"] || s.options.Clock().Sub(token.issuedAt) >= tokenLife {
		return s.answer(fault, map[string]string{"result_code": "FAIL", "err_code": "ACCESS_TOKEN_EXPIRE"})
	}
	owner, _ := s.options.Owners(token.openID)
	result := compare(owner, data)
	result["result_code"], result["openid"], result["access_token"] = "SUCCESS", token.openID, data["access_token"]
	return s.answer(fault, result)
}

// compare returns the two results: the second only if the names are equal.
func compare(owner Owner, data map[string]string) map[string]string {
	switch {
	case owner.Name == "":
		return map[string]string{"verify_openid": "V_OP_NA"}
	case owner.Name != data["real_name"]:
		return map[string]string{"verify_openid": "V_OP_NM_UM"}
	case cmp.Or(owner.Type, "1") != data["cred_type"]:
		return map[string]string{"verify_openid": "V_OP_NM_MA", "verify_real_name": "V_NM_ID_TYPE_UM"}
	case owner.Number != data["cred_id"]:
		return map[string]string{"verify_openid": "V_OP_NM_MA", "verify_real_name": "V_NM_ID_UM"}
	}
	return map[string]string{"verify_openid": "V_OP_NM_MA", "verify_real_name": "V_NM_ID_MA"}
}

// answer completes and signs an answer.
func (s *Server) answer(fault Fault, data map[string]string) []byte {
	data["return_code"], data["appid"], data["mch_id"], data["nonce_str"] = "SUCCESS", s.options.AppID, s.options.MchID, rand.Text()
	data["sign"] = Sign(data, s.options.Key)
	if fault.Unsigned {
		data["sign"] = Sign(data, "another key")
	}
	return writeXML(data)
}

func readXML(r *http.Request) (map[string]string, bool) {
	content, err := io.ReadAll(r.Body)
	var read document
	if err != nil || xml.Unmarshal(content, &read) != nil {
		return nil, false
	}
	data := map[string]string{}
	for _, e := range read.Elements {
		if _, repeated := data[e.XMLName.Local]; repeated || len(e.Nested) > 0 {
			return nil, false
		}
		data[e.XMLName.Local] = e.Text
	}
	return data, true
}

// writeXML writes texts as the vendor does, in sections of CDATA.
func writeXML(data map[string]string) []byte {
	var out bytes.Buffer
	out.WriteString("<xml>\n")
	for _, name := range slices.Sorted(maps.Keys(data)) {
		out.WriteString("<" + name + "><![CDATA[" + data[name] + "]]></" + name + ">\n")
	}
	out.WriteString("</xml>")
	return out.Bytes()
}
