package operations

import (
	"fmt"
	"html"
	"strings"
	"unicode"
)

// Bar is one bar of a chart.
type Bar struct {
	Label string
	Value int
}

// Chart is a chart of horizontal bars.
type Chart struct {
	ID    string // unique in its page
	Title string
	Desc  string // what it shows, for those who cannot see it
	Bars  []Bar
}

// Measures of a chart, in units of its view box.
const (
	chartWidth = 640
	barHeight  = 24
	barGap     = 10
	labelWidth = 180
	letter     = 9 // at most, of a Latin letter
	valueWidth = 60
	longest    = chartWidth - labelWidth - valueWidth
	baseline   = 17 // of a text in its bar
)

// SVG returns the chart as an SVG element for an HTML page. It has neither scripts nor styles and takes the color of the
// text around it, so that it is readable in every theme and in print. The numbers are in it as text; a page shows them
// in a table, too.
func (c Chart) SVG() string {
	height, left := len(c.Bars)*(barHeight+barGap)+barGap, c.labels()
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="%[1]s-title %[1]s-desc" viewBox="0 0 %[2]d %[3]d" width="%[2]d" height="%[3]d">`,
		html.EscapeString(c.ID), chartWidth-labelWidth+left, height)
	fmt.Fprintf(&out, `<title id="%[1]s-title">%[2]s</title><desc id="%[1]s-desc">%[3]s</desc>`,
		html.EscapeString(c.ID), html.EscapeString(c.Title), html.EscapeString(c.Desc))
	most := 1
	for _, b := range c.Bars {
		most = max(most, b.Value)
	}
	for i, b := range c.Bars {
		y := barGap + i*(barHeight+barGap)
		width := max(0, b.Value) * longest / most
		fmt.Fprintf(&out, `<text x="%d" y="%d" text-anchor="end" fill="currentColor">%s</text>`, left-barGap, y+baseline, html.EscapeString(b.Label))
		fmt.Fprintf(&out, `<rect x="%d" y="%d" width="%d" height="%d" fill="currentColor" fill-opacity="0.5"/>`, left, y, width, barHeight)
		fmt.Fprintf(&out, `<text x="%d" y="%d" fill="currentColor">%d</text>`, left+width+barGap, y+baseline, b.Value)
	}
	out.WriteString("</svg>")
	return out.String()
}

// labels returns the width of the labels, which are not cut.
func (c Chart) labels() int {
	width := labelWidth
	for _, b := range c.Bars {
		letters := 0
		for _, r := range b.Label {
			if letters++; r > unicode.MaxLatin1 {
				letters++ // Chinese characters are twice as wide
			}
		}
		width = max(width, letters*letter+barGap)
	}
	return width
}

// Chart returns how many got past each stage of a flow.
func (f Flow) Chart(id, title, desc string, name func(stage string) string) Chart {
	c := Chart{ID: id, Title: title, Desc: desc}
	for _, s := range f.Stages {
		c.Bars = append(c.Bars, Bar{Label: name(s.Name), Value: s.Passed})
	}
	return c
}
