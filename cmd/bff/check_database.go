package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/cmd/bff/state"
	"renzheng/keyring"
	"renzheng/sql/store"
)

const areaDatabase = "database"

// database reports where the data is, and inspects it.
func (c *checker) database(ctx context.Context, ring *keyring.Keyring) findings {
	dsn := c.Storage.Database.Reveal()
	if store.CheckDSN(dsn) != nil {
		return findings{wrong(areaDatabase, "set BFF_DATABASE", "not reached: BFF_DATABASE is invalid")}
	}
	var found findings
	if dsn == config.SandboxDatabase {
		found = append(found, warn(areaDatabase, "for real service, set BFF_DATABASE to another one", "%s is where make run keeps the data of its sandbox", dsn))
	}
	if path, embedded := strings.CutPrefix(dsn, "sqlite:"); embedded {
		if missing := missingFile(path); missing != nil {
			return append(found, missing...)
		}
	}
	return append(found, c.inspect(ctx, dsn, ring)...)
}

// missingFile returns nil if the file of the embedded database exists.
func missingFile(path string) findings {
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); err != nil {
		return findings{wrong(areaDatabase, "mkdir -m 0700 "+folder+", or set BFF_DATABASE to another one", "the folder of the file does not exist: %v", err)}
	}
	if _, err := os.Stat(path); err != nil {
		return findings{warn(areaDatabase, "bff migrate, or bff serve, makes it", "the file does not exist yet: %v", err)}
	}
	return nil
}

// inspect needs the keys to say whether they are those of the data; with others in their place the rest is still inspected.
func (c *checker) inspect(ctx context.Context, dsn string, ring *keyring.Keyring) findings {
	ownKeys := ring != nil
	if !ownKeys {
		var err error
		if ring, err = temporaryKeys(); err != nil {
			return findings{wrong(areaDatabase, "", "not reached: %v", err)}
		}
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	db, err := store.Open(ctx, store.Config{DSN: dsn, Ring: ring, Clock: time.Now, Rand: rand.Reader})
	if err != nil {
		return findings{wrong(areaDatabase, "start it, and check address, user and password in BFF_DATABASE", "%v", err)}
	}
	defer func() { _ = db.Close() }()
	i, err := db.Inspect(ctx)
	if err != nil {
		return findings{wrong(areaDatabase, "check the privileges of the user in BFF_DATABASE", "%v", err)}
	}
	if !strings.HasPrefix(dsn, "sqlite:") {
		c.clocks.compare("the database", i.Skew)
	}
	if !ownKeys {
		i.OtherKeys = nil // those of the data cannot be compared
	}
	if !ownKeys {
		i.NotSealed = nil // likewise
	}
	return slices.Concat(inspected(i), c.seal(i.NotSealed), c.epoch(i.Epoch))
}

// seal reports whether changes that others make to rows are noticed (R37).
func (c *checker) seal(err error) findings {
	const help = "bff integrity seal, once no server of a version without tags runs; or find out who deleted the seal"
	switch {
	case err == nil:
		return nil
	case c.Storage.RequireSeal:
		return findings{wrong(areaDatabase, help, "%v, which BFF_REQUIRE_SEAL demands", err)}
	}
	return findings{warn(areaDatabase, help, "%v", err)}
}

// epoch says whether the database may be served from (R57).
func (c *checker) epoch(e store.Epoch) findings {
	if e.Number == 0 {
		return nil
	}
	if err := e.Live(); err != nil {
		return findings{wrong(areaDatabase, "bff recover", "%v", err)}
	}
	// A directory that cannot be read is reported where it is tested.
	seen, err := state.At(c.Storage.StateDir).Epoch()
	if err == nil && e.Before(seenEpoch(seen)) {
		return findings{wrong(areaDatabase, "if it was restored, bff recover; if it is another database, give it another BFF_STATE_DIR",
			"it is of epoch %d, older than %d, which was seen last", e.Number, seen.Number)}
	}
	if err == nil && e.OtherThan(seenEpoch(seen)) {
		return findings{wrong(areaDatabase, "give each installation a BFF_STATE_DIR of its own; if the former database was lost, bff recover --from its backup", "%v", errOther)}
	}
	return findings{fine(areaDatabase, "it is of epoch %d", e.Number)}
}

// temporaryKeys returns keys that nothing is sealed with.
func temporaryKeys() (*keyring.Keyring, error) {
	content, err := keyring.Generate(time.Now())
	if err != nil {
		return nil, fmt.Errorf("making temporary keys: %w", err)
	}
	return keyring.Open(content)
}

// inspected says what an inspection means.
func inspected(i store.Inspection) findings {
	found := findings{fine(areaDatabase, "reached: %s", i.Engine), schemaOf(i)}
	add := func(isWrong bool, f finding) {
		if isWrong {
			found = append(found, f)
		}
	}
	add(i.NotDurable != nil, wrong(areaDatabase, "set innodb_flush_log_at_trx_commit = 1", "%v", i.NotDurable))
	add(i.NotUsable != nil, wrong(areaDatabase, "let BFF_DATABASE lead to the primary", "it takes no changes now: %v", i.NotUsable))
	add(i.Isolation != "" && !strings.EqualFold(i.Isolation, "READ-COMMITTED"),
		wrong(areaDatabase, "let proxies in between pass SET SESSION TRANSACTION on", "connections run at %s, not at READ-COMMITTED", i.Isolation))
	add(len(i.NotInnoDB) > 0, wrong(areaDatabase, "ALTER TABLE … ENGINE = InnoDB", "tables without transactions: %s", strings.Join(i.NotInnoDB, ", ")))
	add(len(i.Charset) > 0, wrong(areaDatabase, "restore them with their own definitions; bff migrate makes them with utf8mb4 and ascii",
		"tables that cannot hold every character: %s", strings.Join(i.Charset, ", ")))
	add(len(i.Missing) > 0, wrong(areaDatabase, "GRANT "+strings.Join(i.Missing, ", ")+" ON the database", "the user lacks %s", strings.Join(i.Missing, ", ")))
	add(i.Super, warn(areaDatabase, "give the user privileges on its own database only",
		"the user may write to a read-only server, so that a fail-over could go unnoticed"))
	add(errors.Is(i.OtherKeys, keyring.ErrOtherKeys), wrong(areaDatabase, "set BFF_KEYS to the key file of this database",
		"its data is under other keys than those of the key file"))
	add(i.OtherKeys != nil && !errors.Is(i.OtherKeys, keyring.ErrOtherKeys), wrong(areaDatabase, "", "%v", i.OtherKeys))
	return found
}

func schemaOf(i store.Inspection) finding {
	switch {
	case i.Schema == 0:
		return warn(areaDatabase, "bff migrate, or bff serve, makes the tables", "it has no tables yet")
	case i.Schema < i.Newest:
		return warn(areaDatabase, "take a backup; bff migrate, or bff serve, brings them up to date", "its tables are of version %d, this program's of %d", i.Schema, i.Newest)
	case i.Schema > i.Newest:
		return wrong(areaDatabase, "use the newer program", "its tables are of version %d, newer than this program's %d", i.Schema, i.Newest)
	}
	return fine(areaDatabase, "its tables are up to date (version %d)", i.Schema)
}
