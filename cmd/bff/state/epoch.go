package state

import (
	"encoding/json"
	"fmt"
	"time"
)

const epochName = "epoch.json"

// Epoch is the epoch of a database as a server saw it. The zero value means that none was seen.
type Epoch struct {
	Number   int64     `json:"epoch"`
	BeganAt  time.Time `json:"began_at"`           // zero for the first
	Database string    `json:"database,omitempty"` // id of the database; "" = not known
}

// Epoch returns the epoch that was seen last.
func (f *Folder) Epoch() (Epoch, error) {
	if f == nil {
		return Epoch{}, nil
	}
	content, err := f.read(epochName)
	if err != nil {
		return Epoch{}, fmt.Errorf("reading the last epoch: %w", err)
	}
	var e Epoch
	if content == nil {
		return e, nil
	}
	if err = json.Unmarshal(content, &e); err == nil && e.Number < 1 {
		err = fmt.Errorf("epoch %d", e.Number)
	}
	if err != nil {
		return Epoch{}, fmt.Errorf("reading the last epoch: %s in %s is damaged: %w", epochName, f.path, err)
	}
	return e, nil
}

// Remember stores the epoch that was seen last. It writes only if that changed.
func (f *Folder) Remember(e Epoch) error {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if seen, err := f.Epoch(); err == nil && seen.Number == e.Number && seen.BeganAt.Equal(e.BeganAt) && seen.Database == e.Database {
		return nil
	}
	content, err := json.Marshal(e)
	if err == nil {
		err = f.replace(epochName, append(content, '\n'))
	}
	if err != nil {
		return fmt.Errorf("storing the epoch: %w", err)
	}
	return nil
}
