// Package notice holds the texts that a person accepts before personal information is
// used, as data. There is one notice for each kind of consent. It has all the parts
// that the law requires (R34; PIPL art. 14, 17, 23, 29, 30), and a hash that
// identifies exactly what was shown.
package notice
