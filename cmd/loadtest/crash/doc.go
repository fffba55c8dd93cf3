// Package crash kills the server again and again while persons sign, and counts
// what that lost or doubled.
//
// The server is the real program on a real database. It is ended with SIGKILL at
// random points and started again on the same data, while a crowd signs; see
// package crowd for what is checked in the end.
package crash
