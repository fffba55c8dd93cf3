package store

import (
	"slices"
	"strings"
)

// neededPrivileges are those that serving and migrating use.
func neededPrivileges() []string {
	return []string{"SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "INDEX"}
}

// readGrants returns which of the needed privileges the statements of SHOW GRANTS do
// not give for a database, and whether they give one by which a read-only server can
// be written to. Nothing is missing if a role may give it, which
// cannot be told.
func readGrants(grants []string, database string) (missing []string, super bool) {
	var held []string
	for _, text := range grants {
		g, ok := parseGrant(text)
		if !ok { // GRANT role TO user
			return nil, super
		}
		if g.everywhere || grantCovers(g.object, database) {
			held = append(held, g.privileges...)
		}
		super = super || g.everywhere && slices.ContainsFunc(g.privileges, passesReadOnly)
	}
	return slices.DeleteFunc(neededPrivileges(), func(p string) bool { return slices.Contains(held, p) }), super
}

// grant is one statement of SHOW GRANTS.
type grant struct {
	privileges []string
	object     string
	everywhere bool
}

// parseGrant returns false for the grant of a role. ALL PRIVILEGES becomes what it
// has of those that matter here.
func parseGrant(text string) (grant, bool) {
	list, rest, ok := strings.Cut(strings.TrimPrefix(text, "GRANT "), " ON ")
	object, _, _ := strings.Cut(rest, " TO ")
	g := grant{privileges: strings.Split(list, ", "), object: object, everywhere: object == "*.*"}
	if list == "ALL PRIVILEGES" || list == "ALL" {
		g.privileges = append(neededPrivileges(), "SUPER")
	}
	return g, ok
}

// passesReadOnly reports whether a privilege lets its user write to a read-only server.
func passesReadOnly(privilege string) bool {
	return slices.Contains([]string{"SUPER", "READ_ONLY ADMIN", "READ ONLY ADMIN", "CONNECTION_ADMIN"}, privilege)
}

// grantCovers reports whether the object of a grant, such as `renzheng`.*, is all
// tables of a database. The name may be a pattern with % and _.
func grantCovers(object, database string) bool {
	name, table, ok := strings.Cut(strings.ReplaceAll(object, "`", ""), ".")
	if !ok || table != "*" {
		return false
	}
	if prefix, isPattern := strings.CutSuffix(name, "%"); isPattern {
		return strings.HasPrefix(database, strings.ReplaceAll(prefix, `\`, ""))
	}
	return strings.ReplaceAll(name, `\`, "") == database
}
