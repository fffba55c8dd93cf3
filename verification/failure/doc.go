// Package failure is the catalogue of everything that can end a verification without
// a pass: the prompt, the possible cause, what to do next, whether a retry can help
// and whether a try was used (M-46, M-47, M-48).
//
// Adapters translate the answers of third parties into its codes. The rules of
// verification decide by them, and bff shows them. The package knows none of these.
package failure
