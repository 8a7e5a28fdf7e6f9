// The HTTP client: its requests, and which addresses they may reach.

package outside

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"time"
)

// answer is the result of a request.
type answer struct {
	Status  int       `json:"status,omitempty"`  // of the last response; 0 if there was none
	Moved   string    `json:"moved,omitempty"`   // where permanent redirects lead; empty without any
	Failure string    `json:"failure,omitempty"` // why there was no response
	At      time.Time `json:"at"`
}

// Failures that lead to messages of their own.
const (
	failedPrivate = "private"
	failedName    = "no such name"
)

// maxRedirects is the largest number of redirects that are followed.
const maxRedirects = 8

// client requests pages.
type client struct {
	http *http.Client
	now  time.Time
}

func newClient(opts Options) *client {
	timeout := opts.Timeout
	if timeout == 0 {
		timeout = 20 * time.Second
	}
	dialer := &net.Dialer{Timeout: timeout}
	dial := dialer.DialContext
	if opts.Network == Public {
		dialer.Control = refusePrivate
		dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			// On a computer without IPv6, a connection to an IPv6 address fails
			// before refusePrivate is called.
			if to, err := netip.ParseAddrPort(address); err == nil && !isPublic(to.Addr()) {
				return nil, errPrivate
			}
			return dialer.DialContext(ctx, network, address)
		}
	}
	transport := &http.Transport{ // without a proxy, which could reach the addresses that are refused here
		DialContext: dial, TLSHandshakeTimeout: timeout, ResponseHeaderTimeout: timeout,
		MaxResponseHeaderBytes: 64 << 10, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 1, DisableCompression: true,
	}
	return &client{now: opts.Now, http: &http.Client{
		Transport: &polite{next: transport, pause: opts.Pause, hosts: map[string]*sync.Mutex{}},
		Timeout:   maxRedirects * timeout,
		CheckRedirect: func(next *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return errors.New("it leads from one address to the next without an end")
			}
			if next.URL.Scheme != "http" && next.URL.Scheme != "https" {
				return fmt.Errorf("it leads to a %s address, which is no page", next.URL.Scheme)
			}
			return nil
		},
	}}
}

// askAll requests the addresses of one host, one after the other.
func (c *client) askAll(ctx context.Context, addresses []string) map[string]answer {
	answers := map[string]answer{}
	for _, address := range addresses {
		if ctx.Err() != nil {
			break
		}
		answers[address] = c.ask(ctx, address)
	}
	return answers
}

// ask requests the head of a page. If the host answers with an error, as many
// do, it requests the whole page.
func (c *client) ask(ctx context.Context, address string) answer {
	a := c.request(ctx, http.MethodHead, address)
	if a.Status >= 400 || a.Failure != "" && a.Failure != failedPrivate && a.Failure != failedName {
		a = c.request(ctx, http.MethodGet, address)
	}
	return a
}

func (c *client) request(ctx context.Context, method, address string) answer {
	a := answer{At: c.now}
	request, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		a.Failure = "the address cannot be read"
		return a
	}
	request.Header.Set("User-Agent", "casebook (checks links)")
	response, err := c.http.Do(request)
	if err != nil {
		a.Failure = failure(err)
		return a
	}
	response.Body.Close() // only the status matters, not the content
	a.Status = response.StatusCode
	a.Moved = moved(response)
	return a
}

// moved returns where a page has moved permanently: the last address of a chain
// of permanent redirects. It returns "" if one of them is temporary or there
// are none.
func moved(response *http.Response) string {
	if response.Request.Response == nil {
		return ""
	}
	for r := response.Request.Response; r != nil; r = r.Request.Response {
		if r.StatusCode != http.StatusMovedPermanently && r.StatusCode != http.StatusPermanentRedirect {
			return ""
		}
	}
	return response.Request.URL.String()
}

// failure returns why there was no response, in words.
func failure(err error) string {
	var name *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, errPrivate):
		return failedPrivate
	case errors.As(err, &name) && name.IsNotFound:
		return failedName
	case errors.As(err, &timeout) && timeout.Timeout():
		return "it takes too long"
	}
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err.Error()
}

// polite sends one request at a time to each host, and pauses after it.
type polite struct {
	next  http.RoundTripper
	pause time.Duration

	mu    sync.Mutex
	hosts map[string]*sync.Mutex
}

// RoundTrip implements http.RoundTripper. A redirect to another host waits for
// the other requests to that host.
func (p *polite) RoundTrip(request *http.Request) (*http.Response, error) {
	name := strings.ToLower(request.URL.Host)
	p.mu.Lock()
	host := p.hosts[name]
	if host == nil {
		host = &sync.Mutex{}
		p.hosts[name] = host
	}
	p.mu.Unlock()
	host.Lock()
	defer host.Unlock()
	response, err := p.next.RoundTrip(request)
	if p.pause > 0 {
		select {
		case <-time.After(p.pause):
		case <-request.Context().Done():
		}
	}
	return response, err
}

var errPrivate = errors.New("a private address")

// refusePrivate refuses connections to addresses that are not public. It is
// called with the address that is about to be used, after the name was looked
// up, so that a name cannot refer to another address afterwards.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !isPublic(to.Addr()) || to.Port() < 1024 && to.Port() != 80 && to.Port() != 443 {
		return errPrivate
	}
	return nil
}

// reserved are the ranges that are not public
// (https://www.iana.org/assignments/iana-ipv4-special-registry and
// iana-ipv6-special-registry) or that represent an IPv4 address, except those
// that package netip recognises.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("fec0::/10"),
}

func isPublic(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, r := range reserved {
		if r.Contains(a) {
			return false
		}
	}
	return true
}
