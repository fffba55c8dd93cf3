package verification

func identityEntries() []Entry  { return nil }
func faceEntries() []Entry      { return nil }
func cardEntries() []Entry      { return nil }
func technicalEntries() []Entry { return []Entry{{Code: TryAgainLater}} }
