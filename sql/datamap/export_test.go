package datamap

// Read reads a data map from two files.
var Read = read
