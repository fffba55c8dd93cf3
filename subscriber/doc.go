// Package subscriber holds the rules of registered users (注册用户): registration and sign-in with one-time codes.
//
// A subscriber has an account of the web channel, whose channel id is the subscriber's own (kind subscriber_id). Everything
// after the sign-in is therefore as for any other account: a session sees nobody's todos before a person was verified in it.
//
// # Nobody learns who is registered
//
// Asking for a code never looks at subscribers: it has the same answer, and takes the same time, for every phone number
// (R38). Whether a number is registered is told only with the right code, that is to whoever holds the phone.
//
// # One-time codes
//
//	reserved ──► sent ──► used, by the right code
//	   │          ├─────► void, after MaxWrong wrong ones
//	   │          ├─────► replaced by the next code for the same purpose and number
//	   │          └─────► expired
//	   └──► given back, if it was certainly not sent
//
// A code is for one purpose, one number and the client that asked for it, which has the code's id. The sends of a number
// are bounded in windows that slide; a send is reserved before it is made (R39).
//
// The package knows no transport and no SQL; store.go says what it asks for.
package subscriber
