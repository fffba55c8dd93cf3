// Package retention holds how long each kind of row is kept, and deletes what is over.
//
// A [Class] is a kind of rows with one period. Most periods are settings of the operator above a floor in code ([Periods]);
// a registry may set that of its answered cases. [Service.Purge] deletes one bounded batch of each class. It may be
// interrupted at any point and may run in several replicas at once: each batch is a transaction of its own that states
// the whole condition again. [Service.Plan] counts what is due, now and later.
//
// A [Hold] keeps the rows of a case or of a person beyond their periods, until it is lifted. The store honors holds in the
// statements that delete.
package retention
