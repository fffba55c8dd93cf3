package bff_test

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// slot is a place of a request that names a resource.
type slot struct{ in, name, kind string }

// operation is one call of the contract. Its slots name resources, and its bodies fill everything else.
type operation struct {
	id, method, path string
	slots            []slot
	bodies           []object
}

// kindAfter maps a segment of a path to the kind of resource that the parameter after it names.
func kindAfter() map[string]string {
	return map[string]string{
		"cases": "case", "confirmations": "confirmation", "consents": "consent", "erasures": "erasure", "events": "event", "signers": "signer",
		"appeals": "appeal", "appointments": "appointment", "queue-numbers": "queue_number", "materials": "material", "tickets": "ticket", "todos": "todo", "verifications": "verification",
	}
}

// kindOf maps a query parameter or a member of a body to the kind of resource that it names, or to "" if it names none.
// A new name is missing from the map, and the matrix fails until it is added.
func kindOf() map[string]string {
	return map[string]string{
		"cursor": "cursor", "case_id_prefix": "case", "verification_id": "verification", "todo_id": "todo", "attempt_id": "attempt", "owner_check_id": "owner_check", "invitation": "invitation", "appeal_id": "appeal",
		"office": "", "starts_at": "",
		"code_id": "", "code": "", "nickname": "", "agreement": "",
		"signature": "", "timestamp": "", "nonce": "", "echostr": "", "encrypt_type": "", "msg_signature": "", // WeChat's
		"auth_code": "", "state": "", // the channel's, or of a case
		"after": "", "limit": "", "since": "", "until": "", "q": "", "failure": "", "channel": "", "document_type": "", "purpose": "",
		"header": "", "items": "", "revision": "", "signers": "", "notices": "", "notice": "", "client": "", "content_digest": "", "strokes": "",
		"number": "", "name": "", "reason": "", "field": "", "text": "", "item": "", "bytes": "", "part": "", "data": "", "contact": "", "device": "", "app": "", "understood": "", "document": "", "use_prefill": "", "card": "", "phone": "", "long_term": "", "valid_from": "", "valid_until": "",
	}
}

// freshValue returns a value of a body that must be new in each call.
type freshValue func() any

// bodiesOf returns the bodies of each operation that has one, without the members that name a resource or belong to it.
func bodiesOf() map[string][]object {
	freshCode := freshValue(func() any { return "visitor-" + newKey() })
	freshPhone := freshValue(newPhone)
	li := object{"type": "resident_id", "number": liNumber, "name": "李四"}
	someCase := sampleCase(1)
	someCase["signers"] = []object{{"signer_id": "s1", "role": "股东", "document": li}}
	return map[string][]object{
		"openSession":      {{"channel": "alipay", "auth_code": freshCode, "client": object{"platform": "android", "version": "14"}}},
		"prefill":          {{"auth_code": freshCode}},
		"checkOwner":       {{"auth_code": freshCode, "document": li}},
		"acceptNotices":    {{"notices": []object{{"id": "rules", "version": "0", "hash": strings.Repeat("0", 64)}}}},
		"rememberDocument": {{"notice": object{"id": "remember", "version": "0", "hash": strings.Repeat("0", 64)}}},
		"startVerification": {
			{"purpose": "confirm"}, {"purpose": "access", "document": li}, {"purpose": "access", "use_prefill": true},
		},
		"finishFace":        {{}},
		"openInvitation":    {{}},
		"checkBankCard":     {card()},
		"checkFourElements": {{"valid_from": "2015-03-01", "valid_until": "2035-03-01"}, {"valid_from": "2015-03-01", "long_term": true}},
		"confirmTodo":       {{"strokes": freshValue(func() any { return handwriting() })}},
		"refuseTodo":        {{"reason": "not_mine"}},
		"eraseMe":           {{"understood": true}},
		"freezeMe":          {{"understood": true}},
		"liftFreeze":        {{}},
		"openAppeal":        {{"failure": "account_limit"}, {"failure": "face_differs", "verification_id": "ver_0000000000000000000000"}},
		"addMaterial":       {{"item": "document_front", "bytes": 9}},
		"putPart":           {{"part": 0, "data": "AAAAAAAAAAAA"}},
		"agreeToReading":    {{"notice": object{"id": "document_photo", "version": "0", "hash": strings.Repeat("0", 64)}}},
		"correctReading": {
			{"name": "李四", "number": liNumber, "valid_from": "2015-03-01", "valid_until": "2035-03-01"}, {"valid_from": "2015-03-01", "long_term": true},
		},
		"submitAppeal":      {{"contact": "13800138000", "device": "手机", "app": "支付宝", "text": "请再看"}},
		"answerAppeal":      {{"text": "昨天"}},
		"requestCorrection": {{"field": "name", "text": "姓名有误"}},
		"bookAppointment":   {{"office": "320500", "starts_at": "2026-01-01T00:00:00Z", "failure": "face_differs"}},
		"changeAppointment": {{"starts_at": "2026-01-01T00:00:00Z"}},
		"takeNumber":        {{"office": "320500"}},
		"sendCode":          {{"purpose": "sign_in", "phone": freshPhone}},
		"register": {{
			"code_id": "otc_0", "code": "000000", "phone": "13800138000", "nickname": "张三",
			"agreement": object{"id": "registration", "version": "0", "hash": strings.Repeat("0", 64)},
		}},
		"signIn":        {{"code_id": "otc_0", "code": "000000", "phone": "13800138000"}},
		"openTicket":    {{"failure": "face_differs", "document_type": "resident_id", "purpose": "access"}},
		"pushCase":      {someCase},
		"receiveWeChat": {{}},
	}
}

// withResource returns the members of a body that belong to the resource that it names. resource.extra fills them.
func withResource() []string { return []string{"revision", "content_digest"} }

// operationsOf returns the operations of a contract. Those that create or end something of the caller's own come last,
// so that they do not influence the others. It returns an error if a parameter or member is unknown.
func operationsOf(document *openapi3.T) ([]operation, error) {
	var all []operation
	for _, path := range slices.Sorted(maps.Keys(document.Paths.Map())) {
		item := document.Paths.Value(path)
		for _, method := range slices.Sorted(maps.Keys(item.Operations())) {
			o, err := operationOf(method, path, item.Operations()[method])
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", method, path, err)
			}
			all = append(all, o)
			if method == http.MethodGet {
				o.method = http.MethodHead // which the contract does not list
				all = append(all, o)
			}
		}
	}
	last := []string{"startVerification", "pushCase", "eraseMe", "freezeMe", "closeSession"} // the index of every other operation is -1
	slices.SortStableFunc(all, func(a, b operation) int {
		return slices.Index(last, a.id) - slices.Index(last, b.id)
	})
	return all, nil
}

func operationOf(method, path string, described *openapi3.Operation) (operation, error) {
	o := operation{id: described.OperationID, method: method, path: path, bodies: bodiesOf()[described.OperationID]}
	for _, match := range regexp.MustCompile(`([^/]*)/\{([^}]+)\}`).FindAllStringSubmatch(path, -1) {
		kind, known := kindAfter()[match[1]]
		if !known {
			return operation{}, fmt.Errorf("kindAfter does not know what {%s} names", match[2])
		}
		o.slots = append(o.slots, slot{in: "path", name: match[2], kind: kind})
	}
	for _, parameter := range described.Parameters {
		if p := parameter.Value; p.In == "query" {
			if err := o.name("query", p.Name); err != nil {
				return operation{}, err
			}
		}
	}
	return o, o.nameBody(described.RequestBody)
}

// name adds a slot if a parameter or member names a resource.
func (o *operation) name(in, name string) error {
	kind, known := kindOf()[name]
	if !known {
		return fmt.Errorf("kindOf does not know what %s names", name)
	}
	if kind != "" {
		o.slots = append(o.slots, slot{in: in, name: name, kind: kind})
	}
	return nil
}

// nameBody adds the slots of a body. Every other member must be filled by one of the bodies.
func (o *operation) nameBody(described *openapi3.RequestBodyRef) error {
	if described == nil {
		return nil
	}
	if len(o.bodies) == 0 {
		return errors.New("there is no body to send")
	}
	content := described.Value.Content.Get("application/json")
	if content == nil {
		return nil // WeChat's XML, which is signed as a whole
	}
	for _, member := range slices.Sorted(maps.Keys(content.Schema.Value.Properties)) {
		if err := o.name("body", member); err != nil {
			return err
		}
		filled := slices.ContainsFunc(o.bodies, func(b object) bool { return b[member] != nil }) ||
			slices.ContainsFunc(o.slots, func(s slot) bool { return s.name == member }) || slices.Contains(withResource(), member)
		if !filled {
			return fmt.Errorf("no body has %s", member)
		}
	}
	return nil
}

// slotsOf returns the slots of a request with a body. An access verification names no todo, so it has none.
func (o *operation) slotsOf(body object) []slot {
	if body["purpose"] == "access" {
		return nil
	}
	return o.slots
}

// request returns a request with a resource in each slot and the rest of the body.
func (o *operation) request(c caller, named map[slot]resource, body object) request {
	r := request{method: o.method, path: o.path, token: c.token, registry: c.registry, key: newKey()}
	filled := object{}
	for name, value := range body {
		if f, isFresh := value.(freshValue); isFresh {
			value = f()
		}
		filled[name] = value
	}
	for _, s := range o.slotsOf(body) {
		switch s.in {
		case "path":
			r.path = strings.Replace(r.path, "{"+s.name+"}", named[s].id, 1)
		case "query":
			r.path += "?" + s.name + "=" + named[s].id
		default:
			filled[s.name] = named[s].id
		}
		maps.Copy(filled, named[s].extra)
	}
	if body != nil {
		r.body = filled
	}
	return r
}
