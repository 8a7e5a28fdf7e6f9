package preview_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"casebook/internal/preview"
	"casebook/internal/problem"
)

func TestEventsCarryAVersionAndNothingElse(t *testing.T) {
	r := start(t, preview.Options{})
	s, response := r.listen(t)
	if got := response.Header.Get("Content-Type"); response.StatusCode != 200 || got != "text/event-stream" {
		t.Fatalf("status %d, %q", response.StatusCode, got)
	}
	if got := s.block(t); got != "retry: 500\n\n" {
		t.Errorf("first %q", got)
	}
	message := regexp.MustCompile(`^data: (\d+)\n\n$`)
	last := ""
	next := func() {
		t.Helper()
		match := message.FindStringSubmatch(s.block(t))
		if match == nil || match[1] <= last {
			t.Fatalf("after %q: %q", last, match)
		}
		last = match[1]
	}
	next()
	r.Show(small(), preview.Change{Page: "cases/x/"})
	next()
	r.Fail([]problem.Problem{{File: "content/cases/x.md", Line: 1, Message: "secret"}}, nil)
	next()
	r.Show(small(), preview.Change{Effect: preview.Restyle})
	next()
	if got := fmt.Sprint(r.report(t).Version); got != last {
		t.Errorf("the state has version %s, want %s as in the stream", got, last)
	}
}

func TestHeartbeat(t *testing.T) {
	server := preview.New(preview.Options{})
	server.SetHeartbeat(10 * time.Millisecond)
	l, err := preview.Listen("127.0.0.1", 0, preview.GiveUp)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := serve(t, server, l).listen(t)
	s.block(t)
	s.block(t)
	for range 5 {
		if got := s.block(t); got != ":\n\n" {
			t.Fatalf("got %q", got)
		}
	}
}

func TestEffectsOfChanges(t *testing.T) {
	r := start(t, preview.Options{BasePath: "/kb/"})
	begin := r.report(t)
	if begin.Reload != 0 || begin.Failed != 0 || begin.Problems != nil {
		t.Errorf("at first %+v", begin)
	}
	r.Show(small(), preview.Change{Effect: preview.Stay})
	first := r.report(t)
	if first.Version <= begin.Version || first.Reload != first.Version {
		t.Errorf("the first site: %+v, want a reload", first)
	}
	r.Show(small(), preview.Change{Effect: preview.Stay})
	if got := r.report(t); got.Reload != first.Reload || got.Restyle != 0 || got.Version <= first.Version {
		t.Errorf("stay: %+v", got)
	}
	r.Show(small(), preview.Change{Effect: preview.Restyle, Page: "no/such/page/"})
	restyled := r.report(t)
	if restyled.Reload != first.Reload || restyled.Restyle != restyled.Version || restyled.Follow != 0 {
		t.Errorf("restyle: %+v", restyled)
	}
	r.Fail([]problem.Problem{{File: "a.md"}}, nil)
	failed := r.report(t)
	if failed.Failed != failed.Version || len(failed.Problems) != 1 || failed.Reload != first.Reload {
		t.Errorf("fail: %+v", failed)
	}
	r.Show(small(), preview.Change{Page: "cases/x/"})
	if got := r.report(t); got.Failed != 0 || got.Problems != nil || got.Reload != got.Version || got.Follow != got.Version || got.Page != "/kb/cases/x/" {
		t.Errorf("fixed and followed: %+v", got)
	}
	if later := preview.New(preview.Options{}); later == nil || startedAfter(t, later).Version <= begin.Version {
		t.Error("the version of a server that starts later is not higher")
	}
}

func startedAfter(t *testing.T, server *preview.Server) stateReport {
	l, err := preview.Listen("127.0.0.1", 0, preview.GiveUp)
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, server, l).report(t)
}

// TestStopsWithClientsAttached checks that open streams and unfinished requests do not
// delay the end of the server until their time limit.
func TestStopsWithClientsAttached(t *testing.T) {
	r := start(t, preview.Options{})
	r.Show(small(), preview.Change{})
	var streams []*stream
	for range preview.MaxClients {
		s, response := r.listen(t)
		if response.StatusCode != 200 {
			t.Fatalf("status %d", response.StatusCode)
		}
		s.block(t)
		s.block(t)
		streams = append(streams, s)
	}
	var unfinished []net.Conn
	for range 20 { // clients that have sent half a request
		conn := r.dial(t)
		t.Cleanup(func() { conn.Close() })
		if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost:"); err != nil {
			t.Fatal(err)
		}
		unfinished = append(unfinished, conn)
	}
	r.stop()
	for _, s := range streams {
		// A busy server may end a stream in the middle of an event.
		if rest, err := io.ReadAll(s.body); errors.Is(err, os.ErrDeadlineExceeded) || bytes.Contains(rest, []byte("data")) {
			t.Fatalf("the end of a stream is %q: %v", rest, err)
		}
	}
	for _, conn := range unfinished {
		if err := conn.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(conn); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatal("a connection remains open")
		}
	}
	l, err := net.Listen("tcp", r.addr)
	if err != nil {
		t.Fatalf("the port is not free: %v", err)
	}
	l.Close()
}

func TestClientsAreBounded(t *testing.T) {
	r := start(t, preview.Options{})
	r.Show(small(), preview.Change{})
	streams := make([]*stream, preview.MaxClients)
	for i := range streams {
		s, response := r.listen(t)
		if response.StatusCode != 200 {
			t.Fatalf("client %d: status %d", i, response.StatusCode)
		}
		streams[i] = s
	}
	if _, response := r.listen(t); response.StatusCode != 503 || response.Header.Get("Retry-After") == "" {
		t.Errorf("one client too many: status %d", response.StatusCode)
	}
	if got := r.get(t, "/"); got.StatusCode != 200 {
		t.Errorf("requests for pages are also refused: status %d", got.StatusCode)
	}
	streams[0].Close()
	for deadline := time.Now().Add(time.Minute); ; {
		if _, response := r.listen(t); response.StatusCode == 200 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("after a client left, no other is accepted")
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestSlowClientsDoNotDelayOthers(t *testing.T) {
	r := start(t, preview.Options{})
	snapshot := small()
	snapshot["big.bin"] = strings.Repeat("x", 8<<20)
	r.Show(snapshot, preview.Change{})
	for i := range 200 {
		conn := r.dial(t)
		t.Cleanup(func() { conn.Close() })
		request := "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " // never ends
		if i%10 == 0 {
			request = "GET /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n" // never read
		}
		if _, err := io.WriteString(conn, request); err != nil {
			t.Fatal(err)
		}
	}
	best := time.Hour
	for range 5 {
		begin := time.Now()
		if got := r.get(t, "/"); got.StatusCode != 200 {
			t.Fatalf("status %d", got.StatusCode)
		}
		best = min(best, time.Since(begin))
	}
	if best > 4*time.Second { // before which no slow client is cut off
		t.Errorf("a page takes %v", best)
	}
}

func TestUnfinishedRequestsAreCutOff(t *testing.T) {
	t.Parallel()
	r := start(t, preview.Options{})
	conn := r.dial(t)
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n"); err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	if _, err := io.ReadAll(conn); err != nil {
		t.Fatalf("after %v: %v", time.Since(begin), err)
	}
	if took := time.Since(begin); took < time.Second {
		t.Errorf("cut off after %v", took)
	}
}

func TestLargeHeadersAreRefused(t *testing.T) {
	r := start(t, preview.Options{})
	got := r.raw(t, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: "+strings.Repeat("x", 64<<10))
	if got.StatusCode != 431 {
		t.Errorf("status %d", got.StatusCode)
	}
}
