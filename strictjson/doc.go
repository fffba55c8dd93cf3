// Package strictjson reads JSON that everybody must read the same way.
//
// encoding/json keeps the last of several members of one name, matches names without regard to case, and replaces
// bytes that are not UTF-8. Two programs can so read two documents in the same bytes. This package accepts one JSON value
// in valid UTF-8, with distinct member names in each object, compared exactly, and nothing after it.
//
//   - [Parse] returns maps, slices and scalars, to be checked against a schema.
//   - [Decode] fills a Go value and rejects members that it has no field for.
//   - [ReadObject] splits an object into its members, for a reader that looks only at some of them.
//   - [Report] reads a whole file and collects all of its problems.
//
// Every error is an [*Error]. It says where the text is wrong and which rule it breaks, and quotes no value of the text.
package strictjson
