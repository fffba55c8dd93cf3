package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/providers/wechat"
	"renzheng/support"
)

// supportCommand has the commands of technical support.
type supportCommand struct {
	Menu supportMenuCommand `cmd:"" help:"Replace the menu of the service account by one that leads to support."`
}

// supportMenuCommand sets the menu of the service account. The server does not set it
// by itself, because a call replaces the whole menu and the authority that owns the
// account may have other entries.
type supportMenuCommand struct {
	config.Storage `embed:""`

	Account config.ServiceAccount `embed:"" prefix:"support."`

	Beside string `help:"JSON file of up to two other entries of the menu: a list of objects with Name, and Key, URL, AppID and Page, or Entries." type:"path"`
	Yes    bool   `help:"Set the menu. Without this flag it is only shown."`
}

// Run shows the menu and sets it.
func (c *supportMenuCommand) Run() error {
	menu := supportMenu()
	if c.Beside != "" {
		file, err := os.ReadFile(c.Beside)
		if err != nil {
			return fmt.Errorf("reading the other entries: %w", err)
		}
		var others []wechat.MenuEntry
		if err = json.Unmarshal(file, &others); err != nil {
			return fmt.Errorf("reading the other entries: %w", err)
		}
		menu = append(others, menu...)
	}
	for _, entry := range menu {
		fmt.Println(entry.Name)
		for _, below := range entry.Entries {
			fmt.Println("  " + below.Name)
		}
	}
	if !c.Yes {
		fmt.Println("\nNothing was changed. With --yes this replaces the whole menu of the service account.")
		return nil
	}
	return c.set(context.Background(), menu)
}

func (c *supportMenuCommand) set(ctx context.Context, menu []wechat.MenuEntry) error {
	if err := c.CheckReadable(*c); err != nil {
		return err
	}
	ring, err := c.OpenKeys()
	if err != nil {
		return err
	}
	db, err := openStore(ctx, c.Storage, ring, time.Now)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	account, err := newServiceAccount(c.Account, db)
	if err != nil {
		return err
	}
	return account.SetMenu(ctx, menu)
}

// supportMenu returns the menu entries of support (M-38).
func supportMenu() []wechat.MenuEntry {
	return []wechat.MenuEntry{{Name: "技术支持", Entries: []wechat.MenuEntry{
		{Name: support.MenuEntry, Key: support.MenuIdentity},
		{Name: "常见问题", Key: support.MenuFAQ},
		{Name: "人工客服", Key: support.MenuAgent},
	}}}
}
