package keyring

// Hash returns the hash of parts under the newest look-up key, for writing where one hash is kept.
//
// Parts are hashed behind their lengths: ("ab", "c") and ("a", "bc") differ.
func (r *Keyring) Hash(u Purpose, parts ...string) Hash {
	return r.keys.Load().lookups[0].hash(u, parts)
}

// Hashes returns the hash of parts under every look-up key, newest first: for reading, and for writing where every
// version is kept so that rotation makes no twins.
func (r *Keyring) Hashes(u Purpose, parts ...string) []Hash {
	lookups := r.keys.Load().lookups
	hashes := make([]Hash, len(lookups))
	for i, l := range lookups {
		hashes[i] = l.hash(u, parts)
	}
	return hashes
}
