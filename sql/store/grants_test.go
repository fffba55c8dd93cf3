package store_test

import (
	"slices"
	"testing"

	"renzheng/sql/store"
)

func TestReadGrants(t *testing.T) {
	t.Parallel()
	const usage = "GRANT USAGE ON *.* TO `bff`@`%` IDENTIFIED BY PASSWORD '*0123'"
	for name, tt := range map[string]struct {
		grants  []string
		missing []string
		super   bool
	}{
		"all of the database":    {grants: []string{usage, "GRANT ALL PRIVILEGES ON `renzheng`.* TO `bff`@`%`"}},
		"an escaped name":        {grants: []string{usage, "GRANT ALL PRIVILEGES ON `renz\\heng`.* TO `bff`@`%`"}},
		"a pattern":              {grants: []string{usage, "GRANT ALL PRIVILEGES ON `renz%`.* TO `bff`@`%`"}},
		"each by itself":         {grants: []string{usage, "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, INDEX, ALTER ON `renzheng`.* TO `bff`@`%`"}},
		"everything everywhere":  {grants: []string{"GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION"}, super: true},
		"an administrator":       {grants: []string{"GRANT READ_ONLY ADMIN ON *.* TO `bff`@`%`", "GRANT ALL PRIVILEGES ON `renzheng`.* TO `bff`@`%`"}, super: true},
		"only reads and changes": {grants: []string{usage, "GRANT SELECT, INSERT, UPDATE, DELETE ON `renzheng`.* TO `bff`@`%`"}, missing: []string{"CREATE", "ALTER", "DROP", "INDEX"}},
		"of another database":    {grants: []string{usage, "GRANT ALL PRIVILEGES ON `other`.* TO `bff`@`%`"}, missing: store.NeededPrivileges()},
		"of one table":           {grants: []string{usage, "GRANT ALL PRIVILEGES ON `renzheng`.`todos` TO `bff`@`%`"}, missing: store.NeededPrivileges()},
		"by a role":              {grants: []string{usage, "GRANT `writers` TO `bff`@`%`"}},
	} {
		missing, super := store.ReadGrants(tt.grants, "renzheng")
		if !slices.Equal(missing, tt.missing) || super != tt.super {
			t.Errorf("%s: got %v and %v, want %v and %v", name, missing, super, tt.missing, tt.super)
		}
	}
}
