package datamap

// Read reads a data map from its three files.
var Read = read
