package store

// Flushes judges a server's setting.
var Flushes = flushes

// PrepareSession is what each connection begins with.
var PrepareSession = prepareSession
