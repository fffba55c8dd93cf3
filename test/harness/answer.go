package harness

import (
	"encoding/json"
	"errors"
	"net/http"

	"renzheng/providers/registry/registrytest"
)

// answer writes a value as JSON, or the error of the server.
func answer(out http.ResponseWriter, value any, err error) {
	var problem *registrytest.ProblemError
	content, encodeErr := json.Marshal(value)
	switch {
	case errors.As(err, &problem):
		out.Header().Set("Content-Type", "application/problem+json")
		out.WriteHeader(problem.Status)
		_, _ = out.Write(problem.Body)
	case err != nil:
		http.Error(out, "the server cannot be asked: "+err.Error(), http.StatusBadGateway)
	case encodeErr != nil:
		http.Error(out, "the answer cannot be encoded", http.StatusInternalServerError)
	default:
		out.Header().Set("Content-Type", "application/json")
		_, _ = out.Write(content) // the client may have left
	}
}
