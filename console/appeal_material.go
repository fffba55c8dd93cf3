package console

import (
	"slices"

	"renzheng/appeal"
	"renzheng/material"
)

// materialData is the data of the page of one material.
type materialData struct {
	AppealID       string
	Material       appeal.Material
	Number, Of     int    // where it stands among those that are ready
	Former, Latter string // ids of the one before and the one after; "" = none
}

// Video reports whether it is a video.
func (d materialData) Video() bool { return d.Material.Kind == material.Video }

// material shows the page around a material: the browser gets the file itself from materialFile, which records that.
func (c *call) material() (answer, error) {
	if c.isLinked() { // the page shows the file, which records a look
		return nil, errForeign
	}
	a, err := c.console.deps.Appeals.Sealed(c.ctx(), c.member(), c.pathID())
	if err != nil {
		return nil, err
	}
	ready := slices.DeleteFunc(slices.Clone(a.Materials), func(m appeal.Material) bool { return m.State != appeal.Ready })
	i := slices.IndexFunc(ready, func(m appeal.Material) bool { return m.ID == c.gin.Param("material") })
	if i < 0 {
		return nil, errNotFound
	}
	d := materialData{AppealID: a.ID, Material: ready[i], Number: i + 1, Of: len(ready)}
	if i > 0 {
		d.Former = ready[i-1].ID
	}
	if i < len(ready)-1 {
		d.Latter = ready[i+1].ID
	}
	return page{name: "material", data: d}, nil
}

func (c *call) materialFile() (answer, error) {
	if c.isLinked() {
		return nil, errForeign
	}
	content, m, err := c.console.deps.Appeals.Show(c.ctx(), c.member(), c.pathID(), c.gin.Param("material"))
	if err != nil {
		return nil, err
	}
	return media{content, m.Info.MediaType, m.Bytes}, nil
}
