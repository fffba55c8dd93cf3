// Package replicas keeps several servers behind one address, as a load balancer
// does, for tests that end and start them while persons sign.
package replicas
