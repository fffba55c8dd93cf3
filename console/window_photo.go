package console

import (
	"bytes"

	"renzheng/window"
)

// photos returns the photos of the document that the clerk chose. More than one of a side is for the rules to reject.
func (c *call) photos() []window.Upload {
	var all []window.Upload
	for _, side := range window.Sides() {
		for _, content := range c.uploads("photo_" + string(side)) {
			all = append(all, window.Upload{Side: side, Content: content})
		}
	}
	return all
}

// visitPhoto shows a photo of the document to a supervisor to whom the evidence was revealed, to approve it or for a dispute.
func (c *call) visitPhoto() (answer, error) {
	content, err := c.console.deps.Window.Photo(c.ctx(), c.member(), c.pathID(), window.Side(c.gin.Param("side")))
	if err != nil {
		return nil, err
	}
	return media{bytes.NewReader(content), "image/jpeg", int64(len(content))}, nil
}
