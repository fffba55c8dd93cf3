package todo

// Metrics counts what the rules decided. It is told of an outcome once it is stored.
// The values are few words of ours and never personal. Its methods return at once.
type Metrics interface {
	// Answered is called for each new answer to a todo.
	Answered(d Decision)
	// DeliveryTried is called for each attempt to push an event. Pending means that
	// it failed and is tried again.
	DeliveryTried(result DeliveryState)
}

// noMetrics counts nothing.
type noMetrics struct{}

func (noMetrics) Answered(Decision)           {}
func (noMetrics) DeliveryTried(DeliveryState) {}
