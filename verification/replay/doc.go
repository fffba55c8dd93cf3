// Package replay replays what happened against limits or a policy that somebody proposes: who would have been stopped, and at
// what cost. It reads ids, codes and times, and returns numbers without a person.
//
// What is stored is what happened. What a check that was never done would have found, whether a person would have tried again, and
// how another provider would have decided is not known. The results are bounds where that matters.
package replay
