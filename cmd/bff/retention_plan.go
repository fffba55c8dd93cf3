package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/retention"
	"renzheng/setting"
	"renzheng/sql/store"
	"renzheng/todo"
)

// retentionCommand shows what is deleted, and when.
type retentionCommand struct {
	Plan retentionPlanCommand `cmd:"" help:"Show for each class of rows how long it is kept and how many rows are due. It deletes nothing."`
}

// retentionPlanCommand shows the plan with the settings of the server.
type retentionPlanCommand struct {
	config.Storage `embed:""`

	Registries string           `help:"JSON file of the registries, some of which set a period of their own." type:"path" env:"BFF_REGISTRIES"`
	Retention  config.Retention `embed:"" prefix:"retention."`
	JSON       bool             `name:"json" help:"Print one JSON object a line."`
}

// Run prints a table, or lines of JSON.
func (c *retentionPlanCommand) Run() error {
	days, err := c.days()
	if err = errors.Join(err, c.Retention.CheckNamed()); err != nil {
		return err
	}
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		service := retention.New(retention.Deps{Store: db, Registries: days, Periods: c.Retention.Periods(), Clock: time.Now})
		plan, err := service.Plan(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return writePlanLines(os.Stdout, plan)
		}
		return writePlan(os.Stdout, plan)
	})
}

func (c *retentionPlanCommand) days() (func(string) int, error) {
	if c.Registries == "" {
		return func(string) int { return 0 }, nil
	}
	directory, err := c.LoadRegistries(c.Registries)
	if err != nil {
		return nil, setting.Wrap("BFF_REGISTRIES", err)
	}
	return registryDays(directory.Registry), nil
}

// registryDays returns a function that returns the period that a registry sets.
func registryDays(find func(id string) (todo.Registry, bool)) func(string) int {
	return func(id string) int {
		found, _ := find(id)
		return found.RetentionDays
	}
}

// writePlan writes a row for each class, and for each registry with cases.
func writePlan(w io.Writer, plan []retention.Planned) error {
	lines := []string{"CLASS\tREGISTRY\tPERIOD\tSET BY\tDUE NOW\tIN 30 DAYS\tIN 90 DAYS\tHELD"}
	for _, p := range plan {
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d",
			p.Class, cmp.Or(p.Registry, "-"), periodOf(p), setterOf(p), p.Now, p.In30, p.In90, p.Held))
	}
	return writeTable(w, lines)
}

func periodOf(p retention.Planned) string {
	if p.Period == 0 {
		return "as each row says"
	}
	return fmt.Sprintf("%d days", p.Period/day)
}

func setterOf(p retention.Planned) string {
	switch {
	case p.SetBy == retention.SetByRegistry:
		return "retention_days"
	case p.SetBy != "":
		return config.RetentionSetting(p.SetBy)
	case p.Class == retention.Portraits:
		return "BFF_PORTRAIT_DAYS"
	}
	return "fixed"
}

// planLine is a row of the plan as JSON.
type planLine struct {
	Class      retention.Class `json:"class"`
	Registry   string          `json:"registry,omitempty"`
	PeriodDays int             `json:"period_days,omitempty"`
	SetBy      string          `json:"set_by"`
	Now        int             `json:"due_now"`
	In30       int             `json:"due_in_30_days"`
	In90       int             `json:"due_in_90_days"`
	Held       int             `json:"held"`
}

func writePlanLines(w io.Writer, plan []retention.Planned) error {
	encoder := json.NewEncoder(w)
	for _, p := range plan {
		err := encoder.Encode(planLine{p.Class, p.Registry, int(p.Period / day), setterOf(p), p.Now, p.In30, p.In90, p.Held})
		if err != nil {
			return fmt.Errorf("printing the plan: %w", err)
		}
	}
	return nil
}
