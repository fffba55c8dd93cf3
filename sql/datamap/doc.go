// Package datamap lists every column of the database: what it holds, about whom and why, on what legal basis, for how long,
// who reads it, and how it is erased. docs/privacy.md and docs/processing.md are generated from it.
//
// activities.json has the purposes, data.json the data, tables.json the columns. A column belongs to a [Datum] and has a
// [Kind], which is the form of its values. A migration must add its columns here: a test compares them with the tables of a
// migrated database on every engine. Another test runs a person's journey and checks every value against the kind of its
// column, so that no column holds personal data without declaring it.
package datamap
