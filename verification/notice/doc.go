// Package notice holds the texts that a person accepts before personal information
// is used, as data: one notice for each kind of consent, with all parts that the law
// asks for (R34; PIPL art. 14, 17, 23, 29, 30), and with a hash that names exactly
// what was shown.
package notice
