// Package kit holds what the adapters of third parties share: a [Line] that sends
// requests to one host and nowhere else, the [CallError] that is the only error of
// a call, and checks of addresses, texts and pictures that others send.
//
// It knows no adapter and no rule, and it must not log.
package kit
