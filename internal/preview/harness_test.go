package preview_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"casebook/internal/preview"
)

// site is a built site: texts by path.
type site map[string]string

func (s site) ReadFile(path string) ([]byte, error) {
	if text, ok := s[path]; ok {
		return []byte(text), nil
	}
	return nil, fs.ErrNotExist
}

// small returns a site with one file of each kind that the server treats specially.
func small() site {
	return site{
		"index.html":                       page("Home", ""),
		"404.html":                         page("Nothing here", ""),
		"cases/index.html":                 page("Cases", ""),
		"cases/x/index.html":               page("Case X", ""),
		"cases/x/ward.png":                 "png",
		"assets/site.00112233aabbccdd.css": "body { color: rgb(1, 2, 3) }",
		"data/cases.json":                  `{"cases": []}`,
	}
}

const metaPolicy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'">`

func page(title, body string) string {
	return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" + metaPolicy +
		"\n<title>" + title + "</title>\n</head>\n<body>\n<h1>" + title + "</h1>\n" + body + "</body>\n</html>\n"
}

// running is a running server.
type running struct {
	*preview.Server
	addr string
	stop func() // stops the server
}

func start(t *testing.T, opts preview.Options) *running {
	t.Helper()
	l, err := preview.Listen("127.0.0.1", 0, preview.GiveUp)
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, preview.New(opts), l)
}

func serve(t *testing.T, server *preview.Server, l net.Listener) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx, l) }()
	stopped := false
	r := &running{Server: server, addr: l.Addr().String()}
	r.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("serve: %v", err)
			}
		case <-time.After(time.Minute):
			t.Error("the server does not stop")
		}
	}
	t.Cleanup(r.stop)
	return r
}

func (r *running) url(path string) string { return "http://" + r.addr + path }

// answer is a response with its body read.
type answer struct {
	*http.Response
	body string
}

// get requests a path as a browser does. It does not follow redirects.
func (r *running) get(t *testing.T, path string, header ...string) answer {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, r.url(path), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	client := http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response, string(body)}
}

// raw sends a request unchanged, without any normalisation, and reads one response.
func (r *running) raw(t *testing.T, request string) answer {
	t.Helper()
	conn := r.dial(t)
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	method, _, _ := strings.Cut(request, " ")
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%q: %v", request, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%q: %v", request, err)
	}
	return answer{response, string(body)}
}

func (r *running) dial(t *testing.T) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", r.addr)
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.SetDeadline(time.Now().Add(2 * time.Minute)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// stream is an open event stream.
type stream struct {
	net.Conn
	body *bufio.Reader // the events, without chunked encoding
}

func (r *running) listen(t *testing.T) (*stream, *http.Response) {
	t.Helper()
	conn := r.dial(t)
	t.Cleanup(func() { conn.Close() })
	if _, err := fmt.Fprintf(conn, "GET /__casebook/events HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	return &stream{conn, bufio.NewReader(response.Body)}, response
}

// block reads until the next empty line.
func (s *stream) block(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for {
		line, err := s.body.ReadString('\n')
		if err != nil {
			t.Fatalf("after %q: %v", b.String(), err)
		}
		b.WriteString(line)
		if line == "\n" {
			return b.String()
		}
	}
}
