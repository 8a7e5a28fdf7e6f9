package preview_test

import (
	"net"
	"strings"
	"testing"

	"casebook/internal/preview"
)

// occupy takes a run of neighbouring ports and returns the first.
func occupy(t *testing.T, count int) int {
	t.Helper()
	for range 50 {
		first, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		taken := []net.Listener{first}
		port := first.Addr().(*net.TCPAddr).Port
		for len(taken) < count {
			next, err := preview.Listen("127.0.0.1", port+len(taken), preview.GiveUp)
			if err != nil {
				break
			}
			taken = append(taken, next)
		}
		if len(taken) == count {
			t.Cleanup(func() {
				for _, l := range taken {
					l.Close()
				}
			})
			return port
		}
		for _, l := range taken {
			l.Close()
		}
	}
	t.Fatalf("no %d neighbouring ports are free", count)
	return 0
}

func TestBusyPorts(t *testing.T) {
	const busy = 20
	port := occupy(t, busy)
	if l, err := preview.Listen("127.0.0.1", port, preview.GiveUp); err == nil {
		l.Close()
		t.Error("a busy port that was asked for is served all the same")
	} else if !strings.Contains(err.Error(), "--port") {
		t.Errorf("the error says nothing to do: %v", err)
	}
	l, err := preview.Listen("127.0.0.1", port, preview.TryNext)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if got := l.Addr().(*net.TCPAddr).Port; got < port+busy || got > port+99 {
		t.Errorf("got port %d for %d", got, port)
	}
	if _, err := preview.Listen("256.0.0.1", port, preview.TryNext); err == nil {
		t.Error("an address that is none is served")
	} else if !strings.Contains(err.Error(), "--bind") || strings.Contains(err.Error(), "--port") {
		t.Errorf("the error does not say that the address is wrong: %v", err)
	}
	if _, err := preview.Listen("127.0.0.1", 70000, preview.TryNext); err == nil {
		t.Error("a port that is none is served")
	}
}

func TestURL(t *testing.T) {
	for _, test := range []struct{ base, ip, want string }{
		{"", "127.0.0.1", "http://127.0.0.1:1313/"},
		{"/kb/", "0.0.0.0", "http://127.0.0.1:1313/kb/"},
		{"kb", "::", "http://127.0.0.1:1313/kb/"},
		{"/", "::1", "http://[::1]:1313/"},
		{"/", "192.168.1.5", "http://192.168.1.5:1313/"},
	} {
		address := &net.TCPAddr{IP: net.ParseIP(test.ip), Port: 1313}
		if got := preview.New(preview.Options{BasePath: test.base}).URL(address); got != test.want {
			t.Errorf("%v: got %q", test, got)
		}
	}
}
