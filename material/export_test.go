package material

// Occupy takes the only slot, as a file that is being cleaned does.
func (c *Cleaner) Occupy() { c.slot <- struct{}{} }
