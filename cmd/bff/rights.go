package main

import (
	"cmp"

	"renzheng/rights"
	"renzheng/todo"
)

// officeOf returns a function that describes a registration authority. For one that is configured no longer it returns its id as the name.
func officeOf(registries todo.Registries) func(string) rights.Office {
	return func(id string) rights.Office {
		found, _ := registries.Registry(id)
		return rights.Office{Name: cmp.Or(found.Name, id), Evidence: rights.DefaultEvidence}
	}
}
