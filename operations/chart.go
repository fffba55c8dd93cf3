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
	Desc  string // what it shows, for screen readers
	Bars  []Bar
}

// Dimensions of a chart, in units of its view box.
const (
	minChartWidth = 640
	barHeight     = 24
	barGap        = 10
	minLabelWidth = 180
	letterWidth   = 9 // an upper bound for Latin letters
	valueWidth    = 60
	maxBarWidth   = minChartWidth - minLabelWidth - valueWidth
	baseline      = 17 // of a text, from the top of its bar
)

// SVG returns the chart as an SVG element for an HTML page, with all texts escaped. It has neither scripts nor styles and takes
// the color of the surrounding text, so that it is readable in every theme and in print. The longest bar has the largest value;
// values below zero are drawn as zero. The numbers are in it as text; the page repeats them in a table.
func (c Chart) SVG() string {
	height, left := len(c.Bars)*(barHeight+barGap)+barGap, c.labelWidth()
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="%[1]s-title %[1]s-desc" viewBox="0 0 %[2]d %[3]d" width="%[2]d" height="%[3]d">`,
		html.EscapeString(c.ID), minChartWidth-minLabelWidth+left, height)
	fmt.Fprintf(&out, `<title id="%[1]s-title">%[2]s</title><desc id="%[1]s-desc">%[3]s</desc>`,
		html.EscapeString(c.ID), html.EscapeString(c.Title), html.EscapeString(c.Desc))
	largest := 1
	for _, b := range c.Bars {
		largest = max(largest, b.Value)
	}
	for i, b := range c.Bars {
		y := barGap + i*(barHeight+barGap)
		width := max(0, b.Value) * maxBarWidth / largest
		fmt.Fprintf(&out, `<text x="%d" y="%d" text-anchor="end" fill="currentColor">%s</text>`, left-barGap, y+baseline, html.EscapeString(b.Label))
		fmt.Fprintf(&out, `<rect x="%d" y="%d" width="%d" height="%d" fill="currentColor" fill-opacity="0.5"/>`, left, y, width, barHeight)
		fmt.Fprintf(&out, `<text x="%d" y="%d" fill="currentColor">%d</text>`, left+width+barGap, y+baseline, b.Value)
	}
	out.WriteString("</svg>")
	return out.String()
}

// labelWidth returns the width of the column of labels. Labels are never cut; the column grows with the longest.
func (c Chart) labelWidth() int {
	width := minLabelWidth
	for _, b := range c.Bars {
		letters := 0
		for _, r := range b.Label {
			if letters++; r > unicode.MaxLatin1 {
				letters++ // a Chinese character is as wide as two letters
			}
		}
		width = max(width, letters*letterWidth+barGap)
	}
	return width
}

// Chart returns a chart of how many verifications passed each stage of the flow. name returns the label of a stage.
func (f Flow) Chart(id, title, desc string, name func(stage string) string) Chart {
	c := Chart{ID: id, Title: title, Desc: desc}
	for _, s := range f.Stages {
		c.Bars = append(c.Bars, Bar{Label: name(s.Name), Value: s.Passed})
	}
	return c
}
