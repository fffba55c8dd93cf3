// Package upgrade replaces the servers of one version by those of another and back,
// again and again, while persons sign, and counts what that failed, lost or doubled.
//
// Two replicas share one database behind a load balancer (package replicas). One
// after the other is taken out of the balancer, stopped when it has answered what it
// had, started as the other version and let in again when it is ready. The first
// server of the new version migrates the database while the old version serves.
package upgrade
