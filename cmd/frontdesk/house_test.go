package main

import (
	"net"
	"testing"
)

// TestListenFaults names the setting, its value and what to write where a door cannot be opened, and closes those that
// were open.
func TestListenFaults(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free.Close()
	first, second := free.Addr().String(), taken.Addr().String()
	_, err = listen([]door{{"web", "FRONTDESK_WEB_ADDR", first, nil}, {"health", "FRONTDESK_HEALTH_ADDR", second, nil}})
	want := "FRONTDESK_HEALTH_ADDR: cannot listen at " + second + ": address already in use; " +
		"name another address, such as 127.0.0.1:18080"
	if err == nil || err.Error() != want {
		t.Errorf("listen() = %v, want %s", err, want)
	}
	again, err := net.Listen("tcp", first)
	if err != nil {
		t.Fatalf("the door at %s stays open: %v", first, err)
	}
	again.Close()
}
