package materialtest

import (
	"bytes"
	"image/jpeg"
	"runtime"

	"renzheng/material"
)

// IsClean reports whether a clean file has only what package material writes.
func IsClean(kind material.Kind, content []byte) bool {
	if kind == material.Video {
		return bytes.HasPrefix(content[4:], []byte("ftypisom")) && !bytes.Contains(content, []byte("udta")) && !bytes.Contains(content, []byte("soun"))
	}
	_, err := jpeg.Decode(bytes.NewReader(content))
	return err == nil && bytes.HasSuffix(content, []byte("\xff\xd9")) && bytes.HasPrefix(content, []byte("\xff\xd8\xff\xdb"))
}

// WatchMemory samples the heap until its result is called, which returns the largest sample.
func WatchMemory() func() uint64 {
	stop, result := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapInuse)
			select {
			case <-stop:
				result <- most
				return
			default:
				runtime.Gosched()
			}
		}
	}()
	return func() uint64 { close(stop); return <-result }
}
