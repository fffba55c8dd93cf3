package bff_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
)

// serve answers one request without holding it against the contract.
func serve(b *testing.B, handler http.Handler, r request) {
	b.Helper()
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, r.http(b))
	if recorder.Code >= http.StatusBadRequest {
		b.Fatalf("got %d: %s", recorder.Code, recorder.Body)
	}
}

// BenchmarkEdge compares our middlewares with a bare handler.
func BenchmarkEdge(b *testing.B) {
	w := newFixture(b)
	bare := gin.New()
	bare.GET("/healthz", func(g *gin.Context) { g.JSON(http.StatusOK, gin.H{"status": "ok", "environment": "sandbox"}) })
	for name, handler := range map[string]http.Handler{"ours": w.api.Public(), "bare": bare} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				serve(b, handler, request{method: http.MethodGet, path: "/healthz"})
			}
		})
	}
}

func BenchmarkListTodos(b *testing.B) {
	w := newFixture(b)
	p := w.enter(b)
	for i := range 20 {
		w.push(b, fmt.Sprintf("case-%d", i), sampleCase(1)).want(b, http.StatusCreated, "")
	}
	b.ReportAllocs()
	for b.Loop() {
		serve(b, w.api.Public(), request{method: http.MethodGet, path: "/v1/todos", token: p.token})
	}
}

func BenchmarkGetSession(b *testing.B) {
	w := newFixture(b)
	p := w.enter(b)
	b.ReportAllocs()
	for b.Loop() {
		serve(b, w.api.Public(), request{method: http.MethodGet, path: "/v1/session", token: p.token})
	}
}
