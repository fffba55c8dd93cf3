// Package cluster breaks a cluster of three databases and two replicas of the
// server while persons sign, and counts what that lost or doubled.
//
// The databases are one Galera cluster, each replica stands on a node of its own,
// and a load balancer (package replicas) leads every request to the next replica
// that says it is ready: a person's next request may always meet the other one.
// Database nodes are ended with SIGKILL and brought back, and so are replicas,
// those while faces are under way that the other one has to finish. In the end
// every node is asked for everything that was acknowledged (see package crowd),
// and one node alone, without its cluster, has to refuse whatever it is asked.
package cluster
