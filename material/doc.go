// Package material makes uploaded pictures and videos harmless (R55).
//
// Nothing that a client sent is kept or shown. A picture is decoded and encoded anew as a JPEG; what was not a pixel is
// gone. A video is read box by box and written anew: its coded frames are copied, because nothing in Go decodes them, and
// everything else is made here. Sound, positions, texts, times and the messages between the frames are gone.
//
// The kind of a file is what its first bytes say, whatever its name or declared type. Every bound is checked before memory
// is taken for what it bounds.
package material
