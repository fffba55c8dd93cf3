package wechat

import "errors"

// MenuEntry is an entry of the service account's menu. It opens its Entries, a
// mini-program (AppID, Page, and URL for clients that cannot), or an address, or
// it pushes Key to us.
type MenuEntry struct {
	Name    string // at most 16 bytes of UTF-8, 60 below another entry
	Key     string // at most 128 bytes
	URL     string
	AppID   string
	Page    string
	Entries []MenuEntry // at most 5, without entries of their own
}

const (
	mostEntries    = 3
	mostSubEntries = 5
	longestName    = 16
	longestSubName = 60
	longestKey     = 128
)

func checkMenu(entries []MenuEntry) error {
	if len(entries) == 0 || len(entries) > mostEntries {
		return errors.New("menu: must have 1 to 3 entries")
	}
	for _, e := range entries {
		if len(e.Entries) > mostSubEntries || e.Name == "" || len(e.Name) > longestName {
			return errors.New("menu: an entry must have at most 5 entries below it, and names of 1 to 16 bytes")
		}
		if len(e.Entries) == 0 && !e.leads() {
			return errors.New("menu: an entry must have a key, an address or a mini-program")
		}
		for _, below := range e.Entries {
			if len(below.Entries) > 0 || below.Name == "" || len(below.Name) > longestSubName || !below.leads() {
				return errors.New("menu: the entries below one must have names of 1 to 60 bytes, and a key, an address or a mini-program")
			}
		}
	}
	return nil
}

func (e MenuEntry) leads() bool {
	if e.AppID != "" {
		return e.Page != "" && e.URL != ""
	}
	return e.URL != "" || (e.Key != "" && len(e.Key) <= longestKey)
}
