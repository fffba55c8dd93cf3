// Package subscriber holds the rules of registered users (注册用户): registration and sign-in with one-time codes.
//
// A subscriber has an account of the web channel, whose channel id is the subscriber's own (kind subscriber_id). Everything
// after the sign-in is therefore as for any other account: a session sees nobody's todos before a person was verified in it.
//
// # Nobody learns who is registered
//
// Asking for a code never looks at subscribers, so neither the answer nor the time that it takes depends on whether the number
// is registered (R38). Only the right code tells that, and only the holder of the phone has it.
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
// are bounded in windows that slide; a send is reserved before it is made (R39). Anybody may ask for a code for a number: that
// replaces the earlier one for the same purpose and uses up a send, so that a stranger can keep its holder from getting codes.
//
// The package knows no transport and no SQL; store.go says what it asks for.
package subscriber
