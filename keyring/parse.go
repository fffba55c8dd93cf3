package keyring

import (
	"strconv"

	"renzheng/strictjson"
)

// parse reads a key file, or returns all of its problems together.
func parse(raw []byte) (*file, error) {
	r := &reader{}
	if len(raw) > maxFileBytes {
		r.Add("", "is larger than 1 MiB")
		return nil, r.failure()
	}
	top := r.Object(raw, "", strictjson.Names{Required: []string{"master", "lookup", "signing", "published"}})
	if top == nil {
		return nil, r.failure()
	}
	f := &file{
		masters:     r.secrets(top["master"], "/master"),
		lookups:     r.secrets(top["lookup"], "/lookup"),
		signingKeys: r.signingKeys(top["signing"]),
		published:   r.published(top["published"]),
	}
	r.repeats(f)
	if err := r.failure(); err != nil {
		return nil, err
	}
	return f, nil
}

// repeats reports ids and keys that occur more than once, which would be ambiguous.
func (r *reader) repeats(f *file) {
	values, ids := map[string]bool{}, map[string]bool{}
	once := func(seen map[string]bool, value, at, problem string) {
		if value != "" && seen[value] {
			r.Add(at, problem)
		}
		seen[value] = true
	}
	for i, s := range f.masters {
		at := "/master/" + strconv.Itoa(i)
		once(ids, "master/"+s.id, at, "has the id of another key")
		once(values, string(s.key), at, "is the same key as another")
	}
	for i, s := range f.lookups {
		at := "/lookup/" + strconv.Itoa(i)
		once(ids, "lookup/"+s.id, at, "has the id of another key")
		once(values, string(s.key), at, "is the same key as another")
	}
	for i, s := range f.signingKeys {
		once(values, s.ID, "/signing/"+strconv.Itoa(i), "is the same key as another")
	}
	for i, k := range f.published {
		once(values, k.KeyID, "/published/"+strconv.Itoa(i), "is the same key as another")
	}
}
