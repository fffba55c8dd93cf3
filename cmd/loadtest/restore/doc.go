// Package restore is a restore drill. It takes a backup while persons sign, lets them go on, destroys the database, recovers
// it with 'bff recover', and lets them go on again.
//
// All requests pass a recorder in front of the server. After the restore every request of before that had a credential
// (a token, a code, an idempotency key, a signature with its nonce) is sent again, byte for byte, and must be rejected. What
// was acknowledged before the backup began must be in the database, in the feed with the event that the registry had, and
// provable.
package restore
