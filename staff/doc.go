// Package staff holds who works at the authority: members, their roles and offices, what they may name as purpose when they
// reveal personal data, and the rules of their sessions (R51, R52).
//
// Members come from an identity provider of the authority, with a second factor. There are no passwords here and nobody
// can sign in as somebody else. Roles and office are those that the provider claimed at the sign-in; they hold as long
// as the session, which the provider can end at any time.
//
// The package knows no transport and no SQL. Other domain packages import its words.
package staff
