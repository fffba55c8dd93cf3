package archive

import (
	"encoding/json"
	"fmt"
	"time"

	"renzheng/rights"
)

// Format identifies the format of data.json.
const Format = "renzheng-copy/1"

type dataFile struct {
	Format    string      `json:"format"`
	MadeAt    time.Time   `json:"made_at"`
	Authority string      `json:"authority"`
	Holdings  []holding   `json:"holdings"`
	Accesses  []access    `json:"accesses"`
	Data      rights.Copy `json:"data"` // by table
	Files     []File      `json:"files"`
}

// holding says why something is stored; its members are those of GET /v1/me/data.
type holding struct {
	Code      string   `json:"code"`
	Data      []string `json:"data"`
	Title     string   `json:"title"`
	Purpose   string   `json:"purpose"`
	Basis     string   `json:"basis"`
	Kept      string   `json:"kept"`
	OnErasure string   `json:"on_erasure"`
	Count     *int     `json:"count,omitempty"`
}

// access is one day on which an office read evidence, or one reveal to a member of staff.
type access struct {
	Office       string    `json:"office"`
	Role         string    `json:"role"`
	Purpose      string    `json:"purpose"`
	Confirmation string    `json:"confirmation_id,omitempty"`
	Times        int       `json:"times"`
	LastAt       time.Time `json:"last_at"`
	DelayedUntil time.Time `json:"delayed_until,omitzero"`
	DelayGround  string    `json:"delay_ground,omitempty"`
}

// data writes data.json.
func (w *writer) data() error {
	text, err := json.MarshalIndent(dataFile{
		Format: Format, MadeAt: w.source.MadeAt.UTC(), Authority: w.source.Authority, Holdings: w.source.holdings(), Accesses: w.source.accesses(),
		Data: w.source.Rows, Files: w.files,
	}, "", " ")
	if err != nil {
		return fmt.Errorf("encoding the data: %w", err)
	}
	return w.file("data.json", text)
}

func (s Source) holdings() []holding {
	texts := rights.Catalogue()
	all := make([]holding, len(texts.Holdings))
	for i, h := range texts.Holdings {
		all[i] = holding{
			Code: h.Code, Data: h.Data, Title: h.Title.For(s.Language), Purpose: h.Purpose.For(s.Language), Basis: texts.Bases[h.Basis].For(s.Language),
			Kept: h.Kept.For(s.Language), OnErasure: h.OnErasure,
		}
		for _, held := range s.Overview.Held {
			if held.Code == h.Code {
				all[i].Count = &held.Count
			}
		}
	}
	return all
}

func (s Source) accesses() []access {
	all := make([]access, len(s.Accesses))
	for i, a := range s.Accesses {
		d := s.Describe(a)
		all[i] = access{
			Office: d.Office, Role: d.Role, Purpose: d.Purpose,
			Confirmation: a.ConfirmationID, Times: a.Times, LastAt: a.LastAt.UTC(), DelayGround: a.DelayGround,
		}
		if !a.DelayedUntil.IsZero() {
			all[i].DelayedUntil = a.DelayedUntil.UTC()
		}
	}
	return all
}
