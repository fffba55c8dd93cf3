package backup

import "github.com/go-sql-driver/mysql"

// OptionsOf returns the option file that the vendor's tool gets.
func OptionsOf(c *mysql.Config) (string, error) { return tool{config: c}.options() }
