// Package backup copies a whole database into one file, while it is in use, and loads such a file.
//
// A copy is marked: in it the table database_epoch says that it is a copy, so that no server starts on it before a recovery
// (R57). Next to the file stands its SHA-256, as sha256sum writes it, so that a truncated or changed file is noticed. Keys are not
// in a copy; without them it cannot be read.
//
// SQLite is copied by VACUUM INTO, which reads one snapshot while others write. The backup interface of SQLite copies
// pages and begins again whenever another process writes, so that it would not end under load; it would also copy free
// pages, in which erased rows may linger. MariaDB and MySQL are copied by the vendor's own tool, in one transaction.
package backup
