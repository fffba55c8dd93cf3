package verification

func (n *Notices) problems() []error { return nil }
