// Package wechattest is a simulated WeChat: an HTTP server with the calls that
// the adapter makes, which refuses what WeChat refuses, a page on which a
// simulated person shows the face, and a server push that signs, encrypts and
// comes again as WeChat's does.
//
// It is a kit for tests and for the sandbox. The production binary does not
// contain it. All its pages and pictures say that they are simulated.
//
// Where WeChat documents no code, the code is this package's own: for a query
// of a face check that is not there (84001), is another's (84003) or has no
// picture (84004). A query of a check that nobody has begun is answered by errcode
// 0 without verify_ret. A check that was left can be begun again.
package wechattest
