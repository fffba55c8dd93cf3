// Package datamap lists every column of the database: what it holds, of whom and why, on which ground, how long, who reads
// it, and how it is erased. docs/privacy.md is generated from it.
//
// data.json has the data, tables.json the columns. A column has a [Kind], which says what its values look like, and belongs
// to a [Datum]. A migration adds its columns here: a test compares both with the tables of a migrated database on every
// engine. Another one plays what persons do and checks every value against the kind of its column, so that personal data
// cannot be in a column that does not declare it.
package datamap
