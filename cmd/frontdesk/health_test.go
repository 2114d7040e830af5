package main

import (
	"context"
	"net"
	"net/http"
	"testing"
	"time"
)

// TestServeHTTPEnds stops a server while a request is under way: it is answered where there is time, broken off where
// there is none, and the program ends well in both cases.
func TestServeHTTPEnds(t *testing.T) {
	for name, grace := range map[string]time.Duration{"with patience": time.Minute, "without": time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			under, finish := make(chan struct{}), make(chan struct{})
			handler := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				close(under)
				select {
				case <-finish:
				case <-r.Context().Done():
				}
			})
			ctx, stop := context.WithCancel(t.Context())
			served, answered := make(chan error, 1), make(chan error, 1)
			go func() { served <- serveHTTP(ctx, listener, handler, grace) }()
			go func() {
				resp, err := http.Get("http://" + listener.Addr().String())
				if err == nil {
					resp.Body.Close()
				}
				answered <- err
			}()
			<-under
			stop()
			patient := grace > time.Second
			if patient {
				close(finish)
			}
			if err := <-served; err != nil {
				t.Errorf("serveHTTP = %v", err)
			}
			if err := <-answered; (err == nil) != patient {
				t.Errorf("the request came to %v", err)
			}
		})
	}
}
