package registry

import (
	"cmp"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"time"

	"renzheng/identity"
	"renzheng/strictjson"
	"renzheng/todo"
)

// The limits of the file. They catch mistakes.
const (
	maxFileBytes    = 1 << 20
	maxRegistries   = 1000 // every county would have its own
	maxNameRunes    = 64   // shown in one line of a phone
	maxKeys         = 16   // of one registry: two per replica while they rotate
	maxOldSecrets   = 4    // signatures next to the newest one in a header line
	maxAllowEntries = 32
)

var registryShape = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)

// Directory holds the operator's registries: their names, the keys by which they
// sign, and where they receive events. It never changes and is safe for concurrent
// use. Secrecy: it holds call-back secrets and prints none.
type Directory struct {
	registries map[string]entry
	keys       map[string]requestKey // by key id, over all registries
	files      []string              // that the file of registries names
	following  []string              // ids of the registries that follow progress
}

// entry is one registry of a Directory.
type entry struct {
	registry todo.Registry
	callback *callback // nil = it pulls
}

var _ todo.Registries = (*Directory)(nil)

// Registry returns the registry of an id, and false if there is no such registry.
func (b *Directory) Registry(id string) (todo.Registry, bool) {
	e, ok := b.registries[id]
	return e.registry, ok
}

// HasCallback reports whether events are pushed to a registry. Otherwise it pulls them.
func (b *Directory) HasCallback(id string) bool { return b.registries[id].callback != nil }

// Files returns the paths of the files with keys and secrets that the file of
// registries names.
func (b *Directory) Files() []string { return slices.Clone(b.files) }

// Key is a key by which a registry signs requests, without the key itself.
type Key struct {
	ID    string
	Until time.Time // when it is no longer believed; zero = never
}

// Keys returns the keys of a registry, sorted by id.
func (b *Directory) Keys(registryID string) []Key {
	var keys []Key
	for _, k := range b.keys {
		if k.registryID == registryID {
			keys = append(keys, Key{k.id, k.until})
		}
	}
	slices.SortFunc(keys, func(a, b Key) int { return cmp.Compare(a.ID, b.ID) })
	return keys
}

// IDs returns the sorted ids of all registries.
func (b *Directory) IDs() []string { return slices.Sorted(maps.Keys(b.registries)) }

// Following returns the ids of the registries that follow the progress of their
// signers.
func (b *Directory) Following() []string { return b.following }

// LoadFile reads the operator's file of registries, a JSON object:
//
//	{"registries": [{
//	  "id":   "beijing",                       [a-z0-9-]{1,32}, in every case id; never reuse one
//	  "name": "北京市市场监督管理局",           up to 64 characters, shown to the person and sealed
//	  "keys": [{                               by which it signs requests (R25), at least one
//	    "id":         "beijing-2026",          [A-Za-z0-9._-]{1,64}, unique in the file; never reuse one
//	    "alg":        "ed25519",               or "ecdsa-p256-sha256"
//	    "public_key": "-----BEGIN PUBLIC KEY-----\n…"   or "file:PATH"
//	    "until":      "2027-06-30T00:00:00+08:00"   from then on its requests are rejected; left out = never
//	  }],
//	  "callback": {                            where events go (R26); left out = it pulls them
//	    "url":    "https://events.example.cn/renzheng",  http for loopback only
//	    "allow":  ["events.example.cn", "10.20.0.0/16"],
//	    "secret": "whsec_…",                   Standard Webhooks: 24 to 64 bytes in base64, or "file:PATH"
//	    "old_secrets": ["file:PATH"]           sign too, until the registry has changed over
//	  }
//	  "retention_days": 3650                   from a case's last answer until its content is erased; left out = BFF_RETENTION_CASE_DAYS
//	  "progress": true                         events about the progress of signers too; left out = none
//	}]}
//
// In "allow" the host of "url" represents any public address to which it resolves
// when a connection is made. Any other address, such as a private one, must be named
// as an address or as a network of its own kind: 0.0.0.0/0 includes no private
// address. Link-local, metadata and multicast addresses are never reached.
//
// Errors: all problems, joined, each with its place in the file and without any
// value of it. An unknown or repeated member is one.
func LoadFile(content []byte) (*Directory, error) { return LoadFileWith(content, os.ReadFile) }

// LoadFileWith is [LoadFile] with a function that reads the files with secrets.
func LoadFileWith(content []byte, readFile func(path string) ([]byte, error)) (*Directory, error) {
	directory := &Directory{registries: map[string]entry{}, keys: map[string]requestKey{}}
	r := &reader{readFile: readFile}
	if len(content) > maxFileBytes {
		r.Add("", "is larger than 1 MiB")
	} else {
		directory.fill(r, content)
	}
	if err := r.failure(); err != nil {
		return nil, err
	}
	directory.files = r.files
	return directory, nil
}

func (b *Directory) fill(r *reader, content []byte) {
	root := r.Object(content, "", strictjson.Names{Required: []string{"registries"}})
	if root == nil {
		return
	}
	list := r.list(root["registries"], "/registries", maxRegistries)
	if len(list) == 0 {
		r.Add("/registries", "lists nobody")
	}
	for i, raw := range list {
		b.add(r, raw, "/registries/"+strconv.Itoa(i))
	}
}

func (b *Directory) add(r *reader, raw []byte, at string) {
	object := r.Object(raw, at, strictjson.Names{Required: []string{"id", "name", "keys"}, Optional: []string{"callback", "progress", "retention_days"}})
	if object == nil {
		return
	}
	id := r.shaped(object["id"], at+"/id", registryShape)
	if _, ok := b.registries[id]; ok && id != "" {
		r.Add(at+"/id", "is another registry's")
	}
	name := r.Text(object["name"], at+"/name")
	if object["name"] != nil && identity.PlainText(name, maxNameRunes) != nil {
		r.Add(at+"/name", "must be one line of 1 to 64 plain characters")
	}
	keys := r.list(object["keys"], at+"/keys", maxKeys)
	if keys != nil && len(keys) == 0 {
		r.Add(at+"/keys", "needs at least one key; without one, the registry cannot send any request")
	}
	for i, raw := range keys {
		b.addKey(r, raw, place{registryID: id, at: at + "/keys/" + strconv.Itoa(i)})
	}
	e := entry{registry: todo.Registry{ID: id, Name: name, Progress: r.flag(object["progress"], at+"/progress")}}
	if object["retention_days"] != nil {
		e.registry.RetentionDays = r.days(object["retention_days"], at+"/retention_days")
	}
	if object["callback"] != nil {
		e.callback = r.callback(object["callback"], at+"/callback")
	}
	if e.registry.Progress {
		b.following = append(b.following, id)
	}
	b.registries[id] = e
}
