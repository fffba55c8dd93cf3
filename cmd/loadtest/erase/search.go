package erase

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// keyBytes is how much of a pattern is looked up at each byte of a file.
const keyBytes = 6

// patterns are the values that are searched for. What is shorter than keyBytes is left out, because it occurs by chance.
type patterns struct {
	byKey map[[keyBytes]byte][]string
	first [256]bool // bytes with which a pattern begins
	most  int       // length of the longest
}

func newPatterns(values []string) *patterns {
	p := &patterns{byKey: map[[keyBytes]byte][]string{}}
	for _, value := range values {
		if len(value) < keyBytes {
			continue
		}
		key := [keyBytes]byte([]byte(value[:keyBytes]))
		p.byKey[key] = append(p.byKey[key], value)
		p.first[value[0]] = true
		p.most = max(p.most, len(value))
	}
	return p
}

// hit is a pattern in a file.
type hit struct {
	file    string
	pattern string
}

// searchAll searches every file below the folders.
func (p *patterns) searchAll(folders ...string) (hits []hit, bytes int64, err error) {
	for _, folder := range folders {
		err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, failed error) error {
			if failed != nil || !entry.Type().IsRegular() {
				return ignoreGone(failed)
			}
			found, n, failed := p.search(path)
			hits, bytes = append(hits, found...), bytes+n
			return ignoreGone(failed)
		})
		if err != nil {
			return nil, 0, fmt.Errorf("searching %s: %w", folder, err)
		}
	}
	return hits, bytes, nil
}

// ignoreGone drops the error about a file that the database has removed meanwhile.
func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (p *patterns) search(path string) (hits []hit, read int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	const window = 1 << 20
	in, kept := bufio.NewReaderSize(file, window), make([]byte, 0, 2*window)
	for {
		start := len(kept)
		n, failed := io.ReadFull(in, kept[start:cap(kept)][:window])
		kept = kept[:start+n]
		read += int64(n)
		last := failed != nil
		if last && !errors.Is(failed, io.EOF) && !errors.Is(failed, io.ErrUnexpectedEOF) {
			return nil, 0, failed
		}
		end := len(kept) - p.most // a pattern that begins later is complete in the next window
		if last {
			end = len(kept)
		}
		hits = append(hits, p.in(path, kept, end)...)
		if last {
			return hits, read, nil
		}
		kept = append(kept[:0], kept[max(end, 0):]...)
	}
}

// in returns the patterns that begin before end.
func (p *patterns) in(path string, content []byte, end int) (hits []hit) {
	for at := 0; at < end && at+keyBytes <= len(content); at++ {
		if !p.first[content[at]] {
			continue
		}
		for _, pattern := range p.byKey[[keyBytes]byte(content[at:at+keyBytes])] {
			if at+len(pattern) <= len(content) && string(content[at:at+len(pattern)]) == pattern {
				hits = append(hits, hit{path, pattern})
			}
		}
	}
	return hits
}
