package material

import (
	"bytes"
	"context"
)

// Picture returns a harmless copy of a picture in memory, as a JPEG. Errors: those of [Cleaner.Clean].
func (c *Cleaner) Picture(ctx context.Context, content []byte) ([]byte, error) {
	var clean bytes.Buffer
	if _, err := c.Clean(ctx, Picture, bytes.NewReader(content), int64(len(content)), &clean); err != nil {
		return nil, err
	}
	return clean.Bytes(), nil
}
