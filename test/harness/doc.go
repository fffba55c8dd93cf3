// Package harness is a world for the server to run in: Alipay, Tencent Cloud
// and a registry, simulated on one loopback address, and the settings by which
// a server finds them. It starts servers in that world, as a program or inside
// a test, and stops or kills them.
//
// The sandbox, the journey tests, the crash test and the attack tests all stand
// in such a world. Production code must not import it.
package harness
