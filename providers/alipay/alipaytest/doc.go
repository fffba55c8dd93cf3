// Package alipaytest simulates the Alipay open platform. Its HTTP gateway verifies
// our signature over the exact parameters, signs the exact bytes of its answers, and
// rejects what Alipay rejects. On its page a simulated person shows the face.
//
// It is for tests and the sandbox, and is not part of the production program. All
// its pages and pictures say that they are simulated.
package alipaytest
