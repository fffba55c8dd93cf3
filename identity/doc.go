// Package identity has the types for a natural person and the documents that identify
// one: documents, numbers, names, phones, bank cards and civil dates. It also has the
// channels and languages that every other package shares.
//
// Every other rule package builds on it. It builds on the standard library and on the
// normal forms and widths of Unicode only, does no I/O and reads no clock. Text from
// outside enters through a Parse function, which normalizes it and fails with a
// [FieldError] that names field and rule but never the value. There is no
// unmarshalling from encoding/json or the like: parsing is always an explicit call.
//
// [Number], [Name], [Phone], [BankCard] and [Document] are personal. They render
// masked in fmt (every verb), log/slog, encoding/json and users of
// encoding.TextMarshaler. Plaintext leaves only through Reveal and Name.Original,
// which are easy to search for.
package identity
