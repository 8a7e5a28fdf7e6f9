// Listening on a port, and serving until the context ends.

package preview

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// WhenBusy says what [Listen] does if another program uses the port.
type WhenBusy string

// The values of WhenBusy.
const (
	TryNext WhenBusy = "try-next" // use the next free port: for a default port
	GiveUp  WhenBusy = "give-up"  // return an error: for a port that the user chose
)

// maxTries is how many ports Listen tries, the first included.
const maxTries = 100

// Listen listens at bind, an IP address or "localhost", on a port.
func Listen(bind string, port int, busy WhenBusy) (net.Listener, error) {
	first, err := listen(bind, port)
	if err == nil {
		return first, nil
	}
	// An address at which no port can be opened is not one of this machine.
	if probe, err := net.Listen("tcp", net.JoinHostPort(bind, "0")); err != nil {
		return nil, fmt.Errorf("serve at %s: %w: choose another address with --bind", bind, err)
	} else if err := probe.Close(); err != nil {
		return nil, fmt.Errorf("serve at %s: %w", bind, err)
	}
	if busy == GiveUp {
		return nil, err
	}
	// The kind of error is not checked: operating systems report a busy port in
	// different ways, and any other error recurs at the next port.
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

// URL returns the URL at which a browser on this machine opens the site, given
// the listener's address.
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

// Serve answers requests until the context is done. It then closes the listener
// and all connections, and returns nil within a second.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:                      s,
		BaseContext:                  func(net.Listener) context.Context { return ctx }, // ends the event streams
		DisableGeneralOptionsHandler: true,
		// Limits for clients that never finish a request or never read the response.
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(capped{l, make(chan struct{}, maxConnections)}) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve at %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 250*time.Millisecond)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop serving at %s: %w", l.Addr(), err)
	}
	return server.Close()
}

// capped accepts a connection only while there are fewer than its capacity. It is
// not netutil.LimitListener, whose connections lack CloseWrite: a client would
// then see a reset instead of the answer that refuses its request.
type capped struct {
	net.Listener
	open chan struct{} // an element for each open connection
}

func (c capped) Accept() (net.Conn, error) {
	c.open <- struct{}{}
	release := sync.OnceFunc(func() { <-c.open })
	conn, err := c.Listener.Accept()
	tcp, ok := conn.(*net.TCPConn)
	if err != nil || !ok {
		release()
		return conn, err
	}
	return cappedConn{tcp, release}, nil
}

type cappedConn struct {
	*net.TCPConn
	release func()
}

func (c cappedConn) Close() error {
	defer c.release()
	return c.TCPConn.Close()
}
