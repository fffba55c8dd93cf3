// Package appeal holds the rules of appeals (D-1…D-34): a person asks that a failure is decided again by people.
//
// An appeal begins at a failure that a retry cannot resolve. A checklist, which is data, says what supports it: pictures, a video,
// words. Two reviewers decide: one proposes, another one approves (R52).
//
//	          submit             propose              approve
//	draft ───────────► submitted ───────► proposed ───────────► decided
//	  │                 │  ▲  ▲              │
//	  │             ask │  │  └── send back ─┘
//	  │                 ▼  │ answer
//	  │               question
//	  └──────┬────────────┘
//	         ▼ withdraw (also what is submitted)
//	     withdrawn
//
// Materials are cleaned by package material before anybody sees them, each is encrypted under a key of its own, in parts as
// they arrive. The call that completes one claims it, so that nobody can change it while it is checked. They are deleted 30 days after the decision (R55).
package appeal
