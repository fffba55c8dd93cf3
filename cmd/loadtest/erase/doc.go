// Package erase shows what an erasure leaves. Persons are verified, sign, and ask to be erased while others go on. Once every
// ground to keep something has ended, their names, numbers, phones, cards, pictures and handwritings are searched for, byte by
// byte, in every file of the database and in the logs. Their receipts must still verify.
//
// A backup that was taken before the first of them was erased is recovered at the end, and has them erased again.
//
// The search proves itself: a value that is planted in plain must be found first.
package erase
