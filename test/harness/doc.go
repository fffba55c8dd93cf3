// Package harness makes a sandbox for the server to run in: Alipay, Tencent Cloud
// and a registry, simulated on one loopback address, and the settings by which
// a server finds them. It starts servers in that sandbox, as a program or inside
// a test, and stops or kills them.
//
// The command sandbox, the journey, the crash test and the attack tests all run
// in such a sandbox. Production code must not import it.
package harness
