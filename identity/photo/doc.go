// Package photo has the words of photos of documents: what a recognizer reads on one side of a resident ID, what makes a photo
// useless, and what makes it suspicious (S-26).
//
// A warning decides nothing. It is shown to the member of staff who decides.
package photo
