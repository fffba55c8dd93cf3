// Package identity holds the words for a natural person and the papers that
// name one: documents, numbers, names, phones, bank cards and civil dates.
//
// Every other rule package builds on it and it builds on the standard library
// and Unicode's normal forms alone; it does no I/O and reads no clock. Outside text enters through a
// Parse function, which normalises it and answers with a [FieldError] that names
// field and rule but never the value. There is no way in through
// encoding/json or the like: parsing is always an explicit call.
//
// [Number], [Name], [Phone], [BankCard] and [Document] are personal. They
// render masked in fmt (every verb), log/slog, encoding/json and
// encoding.TextMarshaler users; plaintext leaves only through Reveal (and
// Name.Original), which is easy to search for.
package identity
