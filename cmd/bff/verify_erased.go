package main

import (
	"encoding/json"
	"errors"

	"renzheng/receipt"
	"renzheng/todo"
)

// checkErased reports whether a file is the problem document with which the server answers for evidence that was erased, and
// returns what that says. The document is not signed, so only the receipt in it is checked.
//
// Errors: the document has another receipt.
func checkErased(file []byte, r receipt.Report) (lines []string, erased bool, err error) {
	var document struct {
		Code    string `json:"code"`
		Receipt string `json:"receipt"`
	}
	erased = json.Unmarshal(file, &document) == nil && document.Code == todo.CodeEvidenceErased
	if !erased {
		return nil, false, nil
	}
	if document.Receipt != r.Receipt {
		return nil, true, errors.New("checking the evidence: it was erased, and belongs to another receipt")
	}
	return []string{
		"signed, subject erased: the server answered that the evidence of this receipt was erased, at the end of its period or by law",
		"not checked: the values behind the commitments, which nobody has any more; the answer of the server is not signed",
	}, true, nil
}
