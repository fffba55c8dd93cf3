// Package alipaytest is a simulated Alipay open platform: an HTTP gateway that
// verifies our signature over the exact parameters, signs the exact bytes of
// its answers and refuses what Alipay refuses, with a page on which a simulated
// person shows the face.
//
// It is a kit for tests and for the sandbox. The production binary does not
// contain it. All its pages and pictures say that they are simulated.
package alipaytest
