package strictjson_test

import (
	"strings"
	"testing"

	"renzheng/strictjson"
)

type document struct {
	Type   string `json:"type"`
	Number string `json:"number"`
	Name   string `json:"name"`
}

type start struct {
	Purpose    string   `json:"purpose"`
	Document   document `json:"document"`
	UsePrefill bool     `json:"use_prefill"`
	Consents   []struct {
		Notice  string `json:"notice"`
		Version string `json:"version"`
		Hash    string `json:"hash"`
	} `json:"consents"`
}

type push struct {
	Revision int    `json:"revision"`
	Title    string `json:"title"`
	Signers  []struct {
		Ref      string   `json:"ref"`
		Role     string   `json:"role"`
		Document document `json:"document"`
		Phone    string   `json:"phone"`
		Items    []struct {
			ID    string `json:"id"`
			Title string `json:"title"`
			Text  string `json:"text"`
		} `json:"items"`
	} `json:"signers"`
}

// BenchmarkRead reads a body as a request does: once for its schema and once into its type.
func BenchmarkRead(b *testing.B) {
	signer := `{"ref":"s-1","role":"legal_representative","document":{"type":"resident_id","number":"110105194912310021","name":"张三"},` +
		`"phone":"13800138000","items":[{"id":"a","title":"变更登记","text":"` + strings.Repeat("我已阅读并同意。", 20) + `"}]}`
	for name, body := range map[string]struct {
		text string
		into func() any
	}{
		"start": {
			`{"purpose":"access","document":{"type":"resident_id","number":"110105194912310021","name":"张三"},"use_prefill":false,` +
				`"consents":[{"notice":"face","version":"2026-11-01","hash":"abcdefabcdefabcdefabcdefabcdefab"}]}`,
			func() any { return new(start) },
		},
		"push of 20 signers": {
			`{"revision":1,"title":"某某有限公司","signers":[` + strings.Repeat(signer+",", 19) + signer + `]}`,
			func() any { return new(push) },
		},
	} {
		b.Run(name, func(b *testing.B) {
			text := []byte(body.text)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := strictjson.Parse(text); err != nil {
					b.Fatal(err)
				}
				if err := strictjson.Decode(text, body.into()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
