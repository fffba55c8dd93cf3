// Package material makes uploaded pictures and videos harmless (R55).
//
// No file that a client sent is kept or shown. A picture is decoded and encoded again as a JPEG, which has nothing but its pixels. A
// video is read box by box and written again: its coded frames are copied, because no decoder in Go exists for them, and everything
// else is generated. Sound, locations, texts, times and the messages between the frames are dropped.
//
// The kind of a file is determined by its first bytes, whatever its name or declared type. Each bound is checked before memory for what
// it bounds is allocated.
package material
