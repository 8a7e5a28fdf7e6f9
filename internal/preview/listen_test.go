package preview_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"casebook/internal/preview"
)

// occupy listens on count consecutive ports and returns the first.
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
	t.Fatalf("no %d consecutive ports are free", count)
	return 0
}

func TestBusyPorts(t *testing.T) {
	const busy = 20
	port := occupy(t, busy)
	if l, err := preview.Listen("127.0.0.1", port, preview.GiveUp); err == nil {
		l.Close()
		t.Error("Listen accepts a requested port that is in use")
	} else if !strings.Contains(err.Error(), "--port") {
		t.Errorf("the error does not say what to do: %v", err)
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
		t.Error("Listen accepts an invalid address")
	} else if !strings.Contains(err.Error(), "--bind") || strings.Contains(err.Error(), "--port") {
		t.Errorf("the error does not say that the address is wrong: %v", err)
	}
	if _, err := preview.Listen("127.0.0.1", 70000, preview.TryNext); err == nil {
		t.Error("Listen accepts an invalid port")
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

// TestConnectionsAreCapped opens more silent connections than the server accepts, and
// checks that it does not answer another one.
func TestConnectionsAreCapped(t *testing.T) {
	listener, err := preview.Listen("127.0.0.1", 0, preview.GiveUp)
	if err != nil {
		t.Fatal(err)
	}
	server := preview.New(preview.Options{})
	var active atomic.Int64
	ended := make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	go func() { ended <- server.Serve(ctx, counted{listener, &active}) }()
	for range 2 * preview.MaxConnections {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	for active.Load() < preview.MaxConnections {
		runtime.Gosched() // until the largest number is accepted
	}
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetReadDeadline(time.Now().Add(200 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	if n, err := conn.Read(make([]byte, 1)); n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("one connection too many is answered: %v", err)
	}
	if n := active.Load(); n > preview.MaxConnections {
		t.Errorf("%d connections are open, want at most %d", n, preview.MaxConnections)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// counted is a listener that counts accepted connections.
type counted struct {
	net.Listener
	active *atomic.Int64
}

func (l counted) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err == nil {
		l.active.Add(1)
	}
	return conn, err
}
