package console

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"renzheng/strictjson"
)

// limitRow is a limit in the table, as it is typed.
type limitRow struct {
	Name   string
	Tries  string
	Length string // of the window, in the unit
	Unit   string // of units
}

// limitFile is a limit in the content.
type limitFile struct {
	Tries  int    `json:"tries"`
	Window string `json:"window"`
}

// units are the units of a window, the longest first.
func units() []string { return []string{"days", "hours", "minutes", "seconds"} }

func lengthOf(unit string) time.Duration {
	return map[string]time.Duration{"days": 24 * time.Hour, "hours": time.Hour, "minutes": time.Minute, "seconds": time.Second}[unit]
}

// Units returns the units of a window that can be chosen.
func (limitRow) Units() []string { return units() }

// limitRows returns the limits of a content, by name.
func limitRows(content []byte) ([]limitRow, error) {
	var file map[string]limitFile
	if err := strictjson.Decode(content, &file); err != nil {
		return nil, err
	}
	var rows []limitRow
	for _, name := range slices.Sorted(maps.Keys(file)) {
		window, err := time.ParseDuration(file[name].Window)
		if err != nil {
			return nil, fmt.Errorf("reading a window: %w", err)
		}
		unit := units()[slices.IndexFunc(units(), func(unit string) bool { return window%lengthOf(unit) == 0 || unit == "seconds" })]
		rows = append(rows, limitRow{name, strconv.Itoa(file[name].Tries), strconv.FormatInt(int64(window/lengthOf(unit)), 10), unit})
	}
	return rows, nil
}

// typedLimits sets the content of a proposal to the limits that were typed, of those that the content before has.
func (c *call) typedLimits(d *newRulesData, before []byte) error {
	var file map[string]limitFile
	if err := strictjson.Decode(before, &file); err != nil {
		return err
	}
	d.Limits = nil
	for _, name := range slices.Sorted(maps.Keys(file)) {
		row := limitRow{name, c.form("tries." + name), c.form("length." + name), c.form("unit." + name)}
		d.Limits = append(d.Limits, row)
		limit, ok := row.limit(file[name].Window)
		if !ok {
			d.Problems = append(d.Problems, c.text("rules.bad_limit", c.text("quota."+name)))
			continue
		}
		file[name] = limit
	}
	content, err := json.Marshal(file)
	d.Content = string(content)
	return err
}

// maxWindowParts bounds what is typed as a window, so that its product with the unit is no overflow.
const maxWindowParts = 366 * 24 * 60 * 60

// limit returns the limit that was typed, and reports whether it is valid. A window of the same length keeps its spelling.
func (r limitRow) limit(before string) (limitFile, bool) {
	tries, triesErr := strconv.Atoi(r.Tries)
	length, lengthErr := strconv.Atoi(r.Length)
	if triesErr != nil || lengthErr != nil || lengthOf(r.Unit) == 0 || tries < 1 || length < 1 || length > maxWindowParts {
		return limitFile{}, false
	}
	window := time.Duration(length) * lengthOf(r.Unit)
	if old, err := time.ParseDuration(before); err == nil && old == window {
		return limitFile{tries, before}, true
	}
	for _, unit := range []string{"hours", "minutes", "seconds"} {
		if window%lengthOf(unit) == 0 {
			return limitFile{tries, strconv.FormatInt(int64(window/lengthOf(unit)), 10) + unit[:1]}, true
		}
	}
	return limitFile{}, false
}
