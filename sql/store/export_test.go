package store

// Flushes judges a server's setting.
var Flushes = flushes
