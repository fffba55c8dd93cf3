// Package wechattest simulates WeChat. Its HTTP server has the calls that the adapter
// makes, and rejects what WeChat rejects. On its page a simulated person shows the
// face. Its server push signs, encrypts and repeats messages as WeChat does.
//
// It is for tests and the sandbox, and is not part of the production program. All
// its pages and pictures say that they are simulated.
//
// Where WeChat documents no code, the code is this package's own: for a query of a
// face check that does not exist (84001), belongs to another account (84003) or has
// no picture (84004). A query of a check that nobody has started is answered with
// errcode 0 without verify_ret. A check that was left can be started again.
package wechattest
