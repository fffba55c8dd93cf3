package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

const (
	digestSuffix  = ".sha256"
	partialSuffix = ".partial" // until it is complete

	fileMode = 0o600
)

// Verify returns the digest of a backup if it is the one that stands in the file next to it, FILE.sha256.
//
// Errors: [ErrDamaged].
func Verify(file string) (string, error) {
	line, err := os.ReadFile(file + digestSuffix) //nolint:gosec // next to the operator's own file
	if err != nil {
		return "", fmt.Errorf("%w: its digest cannot be read: %w", ErrDamaged, err)
	}
	want, _, _ := strings.Cut(string(line), " ")
	got, err := digestOf(file)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if got != want {
		return "", fmt.Errorf("%w: the SHA-256 of %s is %s, while %s%s says %.64s", ErrDamaged, file, got, file, digestSuffix, want)
	}
	return got, nil
}

func digestOf(file string) (digest string, err error) {
	f, err := os.Open(file) //nolint:gosec // the operator names the file
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	hash := sha256.New()
	if _, err = io.Copy(hash, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// writeDigest writes the line of sha256sum, so that sha256sum -c verifies the file too.
func writeDigest(file, digest string) error {
	f, err := os.OpenFile(file+digestSuffix, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode) //nolint:gosec // next to the operator's own file
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%s  %s\n", digest, filepath.Base(file))
	return errors.Join(err, f.Sync(), f.Close())
}
