package erase

// SearchFolder returns how often the values are found in the files of a folder.
func SearchFolder(folder string, values ...string) (int, error) {
	hits, _, err := newPatterns(values).searchAll(folder)
	return len(hits), err
}
