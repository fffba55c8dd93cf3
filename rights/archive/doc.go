// Package archive writes a person's copy of their data as one ZIP file:
//
//	index.html             to be read, in the person's language; it loads nothing
//	data.json              everything, for programs
//	receipts/cfm_….json    the receipts of the person's answers, which `bff verify` checks
//	pictures/por_….jpg     pictures of the face that are still kept
//	signatures/cfm_….png   the handwriting of the answers
//	scans/scn_….jpg        pages of papers that were signed at a window
//
// The file is personal. It is written as it is made and never stored.
package archive
