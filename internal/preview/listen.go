package preview

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/net/netutil"
)

// WhenBusy is what to do about a port that another program has.
type WhenBusy string

// The ways to go about a busy port.
const (
	TryNext WhenBusy = "try-next" // take the next free one, for a port that nobody asked for
	GiveUp  WhenBusy = "give-up"
)

// maxTries is how many ports are tried, counted from the first.
const maxTries = 100

// Listen opens the address, an IP address or "localhost", at the port.
func Listen(bind string, port int, busy WhenBusy) (net.Listener, error) {
	first, err := listen(bind, port)
	if err == nil {
		return first, nil
	}
	// An address that has no free port at all is none of this machine's.
	if probe, err := net.Listen("tcp", net.JoinHostPort(bind, "0")); err != nil {
		return nil, fmt.Errorf("serve at %s: %w: choose another address with --bind", bind, err)
	} else if err := probe.Close(); err != nil {
		return nil, fmt.Errorf("serve at %s: %w", bind, err)
	}
	if busy == GiveUp {
		return nil, err
	}
	// Whatever the error was: systems name a busy port in many ways, and any
	// other error comes back the same at the next port.
	for next := port + 1; next < port+maxTries && next <= 65535; next++ {
		if l, err := listen(bind, next); err == nil {
			return l, nil
		}
	}
	return nil, err
}

func listen(bind string, port int) (net.Listener, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(bind, strconv.Itoa(port)))
	if err != nil {
		return nil, fmt.Errorf("serve at port %d: %w: choose another with --port", port, err)
	}
	return l, nil
}

// URL is where a browser on this machine finds the site that is served at the
// listener's address.
func (s *Server) URL(address net.Addr) string {
	host, port, err := net.SplitHostPort(address.String())
	if err != nil {
		return address.String()
	}
	if ip := net.ParseIP(host); ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port) + s.href("")
}

// Serve answers requests until the context is done, and then returns nil
// within a second, whoever is still connected. It closes the listener.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:                      s,
		BaseContext:                  func(net.Listener) context.Context { return ctx }, // ends the event streams
		DisableGeneralOptionsHandler: true,
		// A client that never finishes its request, or never reads its answer,
		// holds a connection for so long and nothing else.
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(netutil.LimitListener(l, maxConnections)) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve at %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(context.Background(), 250*time.Millisecond)
	defer cancel()
	if err := server.Shutdown(patience); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop serving at %s: %w", l.Addr(), err)
	}
	return server.Close()
}
