package deploy

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"casebook/internal/publish"
)

// TestMain deploys instead of testing when a test started this program to kill it. The
// target and the version are in the environment.
func TestMain(m *testing.M) {
	address := os.Getenv("CASEBOOK_DEPLOY_TARGET")
	if address == "" {
		os.Exit(m.Run())
	}
	version, _ := strconv.Atoi(os.Getenv("CASEBOOK_DEPLOY_VERSION"))
	ctx := context.Background()
	target, err := Open(ctx, address)
	if err == nil {
		opts := at(time.Duration(version) * time.Minute)
		opts.Lock, opts.Keep = TakeLock, 10*time.Minute // keep the assets of ten versions
		_, err = Deploy(ctx, target, build(version), opts)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child returns a command that runs this program to deploy a version to the target.
func child(t *testing.T, address string, version int) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "CASEBOOK_DEPLOY_TARGET="+address, "CASEBOOK_DEPLOY_VERSION="+strconv.Itoa(version))
	return cmd
}

// s3 is an S3 server, versitygw, behind a proxy. Tests use the proxy to observe and to
// disturb deployments.
type s3 struct {
	proxied string // address of a bucket, through the proxy
	direct  Target // the same bucket, without the proxy
	folder  Target // the server's folder with the files of the bucket, which is faster to read

	mu     sync.Mutex
	before func(r *http.Request)     // called before a request is passed on, if not nil
	after  func(r *http.Request)     // called after a request, if not nil
	fail   func(r *http.Request) int // returns the status to answer without asking the server, or 0
	log    []string                  // "PUT index.html", in the order of completion
}

// startS3 starts the server. It is github.com/versity/versitygw/cmd/versitygw,
// which .ci/run installs.
func startS3(t *testing.T) *s3 {
	t.Helper()
	program, err := exec.LookPath("versitygw")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	dir := t.TempDir()
	for _, name := range []string{"data/site", "meta"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	address := freeAddress(t)
	cmd := exec.CommandContext(t.Context(), program, "--access", "key", "--secret", "secret", "--port", address, "--quiet", "posix", "--sidecar", filepath.Join(dir, "meta"), filepath.Join(dir, "data"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	for tries := 0; ; tries++ {
		connection, err := net.Dial("tcp", address)
		if err == nil {
			connection.Close()
			break
		}
		if tries == 1000 {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_MAX_ATTEMPTS", "1") // package deploy does its own retries
	s := &s3{}
	backend := &url.URL{Scheme: "http", Host: address}
	proxy := httptest.NewServer(s.watch(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(backend)
			r.Out.Host = r.In.Host // the signature includes the host
		},
		ErrorLog: log.New(io.Discard, "", 0), // of requests that end with the deployment that is killed
	}))
	t.Cleanup(proxy.Close)
	s.proxied = bucketAddress(proxy.URL)
	if s.direct, err = Open(t.Context(), bucketAddress(backend.String())); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.direct.Close() })
	if s.folder, err = Open(t.Context(), "file://"+filepath.ToSlash(filepath.Join(dir, "data/site"))); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.folder.Close() })
	return s
}

func bucketAddress(endpoint string) string {
	return "s3://site?region=us-east-1&use_path_style=true&endpoint=" + endpoint
}

// freeAddress returns an address of this machine on which no program listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// watch passes requests on, one after the other.
func (s *s3) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.before != nil {
			s.before(r)
		}
		if s.fail != nil {
			if status := s.fail(r); status != 0 {
				w.WriteHeader(status)
				return
			}
		}
		next.ServeHTTP(w, r)
		s.log = append(s.log, r.Method+" "+strings.TrimPrefix(r.URL.Path, "/site/"))
		if s.after != nil {
			s.after(r)
		}
	})
}

// TestS3 deploys to an S3 server that sometimes fails, and checks the order of the writes.
func TestS3(t *testing.T) {
	s := startS3(t)
	target, err := Open(t.Context(), s.proxied)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	deploys(t, target, build(1), at(0))
	n := 0
	s.fail = func(*http.Request) int {
		if n++; n%9 == 0 {
			return http.StatusServiceUnavailable
		}
		return 0
	}
	s.log = nil
	deploys(t, target, build(2), at(time.Minute))
	checkReader(t, s.direct, "after the second")
	s.checkOrder(t)

	for _, f := range build(2) {
		o := newObject(f)
		a, err := s.direct.Attributes(t.Context(), f.Path)
		if err != nil || a.ContentType != o.contentType || a.CacheControl != o.cacheControl {
			t.Errorf("%s: %+v, %v", f.Path, a, err)
		}
	}
	if exists, err := s.direct.Exists(t.Context(), lockPath); exists || err != nil {
		t.Errorf("the lock remains: %v", err)
	}

	// A permanent error is not retried.
	n = 0
	s.fail = func(*http.Request) int { n++; return http.StatusForbidden }
	if _, err := Deploy(t.Context(), target, build(3), at(0)); err == nil || n != 1 {
		t.Errorf("a server that refuses all: %v after %d requests", err, n)
	}
}

// checkOrder reports the writes of a stage that come after those of a later stage.
func (s *s3) checkOrder(t *testing.T) {
	t.Helper()
	order := append(stages[:], Deletions)
	last := 0
	for _, line := range s.log {
		method, name, _ := strings.Cut(line, " ")
		stage := stageOf(name)
		switch {
		case name == manifestPath || name == lockPath || method != http.MethodPut && method != http.MethodDelete:
			continue
		case method == http.MethodDelete:
			stage = Deletions
		}
		if i := slices.Index(order, stage); i < last {
			t.Errorf("%s after files of stage %q: %q", line, order[last], s.log)
		} else {
			last = i
		}
	}
	if last != len(order)-1 {
		t.Errorf("no stage after %q", order[last])
	}
}

// killed deploys versions to the server and kills each at some request, while a reader
// reads the site. kill(i) returns the number of the request at which version i is killed,
// and whether it is killed before or after the server has received the request.
func (s *s3) killed(t *testing.T, versions int, kill func(i int) (request int, before bool)) {
	deploys(t, s.direct, build(0), at(0))
	stop := s.keepReading(t)
	died := 0
	for i := 1; i <= versions; i++ {
		cmd := child(t, s.proxied, i)
		request, before := kill(i)
		n := 0
		count := func(*http.Request) {
			if n++; n == request {
				_ = cmd.Process.Kill()
			}
		}
		s.mu.Lock()
		s.before, s.after = nil, count
		if before {
			s.before, s.after = count, nil
		}
		s.mu.Unlock()
		out, err := cmd.CombinedOutput()
		switch {
		case err == nil: // complete before that request
		case cmd.ProcessState.ExitCode() == -1:
			died++
		default:
			t.Errorf("version %d: %v: %s", i, err, out)
		}
		checkReader(t, s.folder, fmt.Sprintf("version %d, killed at request %d", i, request))
		if t.Failed() {
			break
		}
	}
	stop()
	if t.Logf("%d of %d deployments were killed", died, versions); died < versions*2/3 {
		t.Error("too few deployments were killed")
	}
	s.mu.Lock()
	s.before, s.after = nil, nil
	s.mu.Unlock()
	last := build(versions + 1)
	if out, err := child(t, s.proxied, versions+1).CombinedOutput(); err != nil {
		t.Errorf("the last deployment: %v: %s", err, out)
	}
	checkHolds(t, s.direct, last)
}

// keepReading reads the site until stop is called.
func (s *s3) keepReading(t *testing.T) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for rounds := 0; ; rounds++ {
			select {
			case <-done:
				t.Logf("the site was read %d times during the deployments", rounds)
				return
			default:
				checkReader(t, s.folder, "meanwhile")
			}
		}
	}()
	return func() { close(done); <-ended }
}

// checkHolds reports files of the site that the target lacks, and others that it has,
// except for assets of earlier builds.
func checkHolds(t *testing.T, target Target, site []publish.File) {
	t.Helper()
	there := holds(t, target)
	want := paths(site)
	for _, name := range want {
		if !slices.Contains(there, name) {
			t.Errorf("%s is missing", name)
		}
	}
	for _, name := range there {
		if !slices.Contains(want, name) && stageOf(name) != Assets {
			t.Errorf("%s was not deleted", name)
		}
	}
	for _, f := range site {
		data, err := target.ReadAll(t.Context(), f.Path)
		if want, _ := f.Bytes(); err != nil || string(data) != string(want) {
			t.Errorf("%s contains %q, %v", f.Path, data, err)
		}
	}
}

// TestKilledDeployments kills deployments at a few requests of each stage. The sweep kills
// them at each request.
func TestKilledDeployments(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	startS3(t).killed(t, 6, func(i int) (int, bool) { return 4 + 6*i, i%2 == 0 })
}
