package main

import (
	"context"
	"strings"
	"testing"

	"renzheng/cmd/bff/config"
	"renzheng/sql/storetest"
)

// limited is a database of which a user of its own has only what 'bff check' asks for. The user's password has what an option file
// treats in a special way.
func limited(t *testing.T, engine storetest.Engine) string {
	t.Helper()
	dsn := engine.New(t)
	address, name := dsn[strings.LastIndex(dsn, "@"):strings.LastIndex(dsn, "/")], dsn[strings.LastIndex(dsn, "/")+1:]
	name, _, _ = strings.Cut(name, "?")
	const password = `p"w\n #;'=[client] `
	user := "u_" + name[max(0, len(name)-24):]
	rows := openDatabase(t, dsn)
	do := func(ctx context.Context, query string) {
		if _, err := rows.ExecContext(ctx, query); err != nil {
			t.Error(err)
		}
	}
	do(t.Context(), "CREATE USER '"+user+"'@'%' IDENTIFIED BY '"+strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(password)+"'")
	t.Cleanup(func() { do(context.WithoutCancel(t.Context()), "DROP USER '"+user+"'@'%'") })
	do(t.Context(), "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, INDEX, ALTER ON `"+name+"`.* TO '"+user+"'@'%'")
	return "mysql:" + user + ":" + password + address + "/" + name
}

func TestBackup_AndRecoveryNeedNoMorePrivilegesThanTheServer(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		if engine.Name == "sqlite" {
			continue // which has no users
		}
		storage := stored(t, engine)
		storage.Database = config.NewSecret(limited(t, engine))
		if err := opens(t, storage); err != nil {
			t.Fatal(err)
		}
		from, restored := copied(t, storage), storage
		restored.Database = config.NewSecret(limited(t, engine))
		if err := recovers(restored, from); err != nil || !strings.HasPrefix(epochOf(t, restored), "2\x1flive") {
			t.Errorf("got %v, %s, want it in service", err, epochOf(t, restored))
		}
	}
}
