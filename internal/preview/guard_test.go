package preview_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/preview"
)

// naive is a site that returns any file at a path, so that only the server protects
// the canary.
type naive string

func (root naive) ReadFile(path string) ([]byte, error) {
	if filepath.IsAbs(path) {
		return os.ReadFile(path)
	}
	return os.ReadFile(filepath.Join(string(root), filepath.FromSlash(strings.ReplaceAll(path, `\`, "/"))))
}

func TestTraversal(t *testing.T) {
	const canary = "the canary"
	top := filepath.ToSlash(t.TempDir())
	for path, text := range map[string]string{
		"canary.txt": canary, "site/index.html": page("Home", ""), "site/cases/index.html": page("Cases", ""), "site/404.html": page("Nothing", ""),
	} {
		file := filepath.Join(top, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	leaky := naive(filepath.Join(top, "site"))
	if data, err := leaky.ReadFile("../canary.txt"); err != nil || string(data) != canary {
		t.Fatalf("the site does not return the canary, so that the test shows nothing: %q, %v", data, err)
	}
	for _, base := range []string{"/", "/kb/"} {
		r := start(t, preview.Options{BasePath: base})
		r.Show(leaky, preview.Change{})
		if got := r.raw(t, "GET "+base+" HTTP/1.1\r\nHost: localhost\r\n\r\n"); got.StatusCode != 200 {
			t.Fatalf("%s: %d", base, got.StatusCode)
		}
		under := strings.TrimSuffix(base, "/")
		for _, shape := range []struct {
			target string
			status int
		}{
			{under + "/../canary.txt", 404},
			{under + "/../../../../../../canary.txt", 404},
			{under + "/./../canary.txt", 404},
			{under + "/cases/../../canary.txt", 404},
			{under + "/cases/../../canary.txt/", 404},
			{under + "/index.html/../../canary.txt", 404},
			{under + "/%2e%2e/canary.txt", 404},
			{under + "/.%2e/%2E./canary.txt", 404},
			{under + "/..%2fcanary.txt", 404},
			{under + "/%2e%2e%2fcanary.txt", 404},
			{under + "/%252e%252e%252fcanary.txt", 404},
			{under + "/....//canary.txt", 404},
			{under + "/.../canary.txt", 404},
			{under + "//canary.txt", 404},
			{under + "/..;/canary.txt", 404},
			{under + "/%c0%ae%c0%ae/canary.txt", 404},
			{under + "/..%c0%afcanary.txt", 404},
			{under + "/..%ef%bc%8fcanary.txt", 404},
			{under + "/@fs" + top + "/canary.txt?raw??", 404},
			{under + "/" + top + "/canary.txt", 404},
			{under + "/%2f" + top + "/canary.txt", 404},
			{"/__casebook/../canary.txt", 404},
			{"/__casebook/%2e%2e/canary.txt", 404},
			{under + `/..\canary.txt`, 400},
			{under + "/..%5ccanary.txt", 400},
			{under + "/%2e%2e%5Ccanary.txt", 400},
			{under + "/..%00/canary.txt", 400},
			{under + "/../canary.txt%00.html", 400},
			{under + "/%0d%0a../canary.txt", 400},
			{"../canary.txt", 400},
			{"canary.txt", 400},
			{"file://" + top + "/canary.txt", 400},
			{"http://localhost" + under + "/../canary.txt", 400},
			{"*", 400},
		} {
			got := r.raw(t, "GET "+shape.target+" HTTP/1.1\r\nHost: localhost\r\n\r\n")
			if got.StatusCode != shape.status || strings.Contains(got.body, canary) {
				t.Errorf("%s: status %d, want %d, body %.60q", shape.target, got.StatusCode, shape.status, got.body)
			}
		}
	}
}

func TestHosts(t *testing.T) {
	r := start(t, preview.Options{AllowHosts: []string{"Preview.Example", "192.168.1.5", "FD00:0::1"}})
	r.Show(small(), preview.Change{})
	allowed := []string{
		"localhost", "localhost:1313", "localhost:80", "LOCALHOST", "LocalHost:1313",
		"casebook.localhost", "a.b.localhost:1313", "x-1.localhost", "A.LOCALHOST",
		"127.0.0.1", "127.0.0.1:1313", "127.1.2.3", "127.255.255.254:80", "[::1]", "[::1]:1313",
		"[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]:1313", "[0000::0001]",
		"preview.example", "PREVIEW.example:1313", "192.168.1.5", "192.168.1.5:1313", "[fd00::1]", "[FD00::1]:1313", "[fd00:0::0:1]",
	}
	denied := []string{
		"evil.com", "evil.com:1313", "localhost.evil.com", "localhost.evil.com:1313", "evillocalhost",
		"evil-localhost:1313", "127.0.0.1.nip.io", "127.0.0.1.evil.com:1313", "127-0-0-1.evil.com", "1.127.0.0.1",
		"localhost.", "127.0.0.1.", "casebook.localhost.", ".localhost", "a..localhost", "-.evil.localhost.com",
		"localhost:port", "localhost:", "localhost:80:80", "localhost:999999", "evil.com:@localhost", "user@localhost",
		"127.1", "127.0.1", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.01", "2130706433",
		"0.0.0.0", "0.0.0.0:1313", "[::]", "[::]:1313", "::1", "::1:1313", "[::1", "::1]", "[::1]]", "[[::1]]", "[::1]evil.com",
		"[127.0.0.1]", "[localhost]", "[fe80::1]", "[::2]", "fd00::1", "[fd00::2]", "[192.168.1.5]", "10.0.0.1", "192.168.1.6", "169.254.169.254",
		"sub.preview.example", "preview.example.evil.com", "xpreview.example", "localhost,evil.com", "evil.com,localhost",
		"lоcalhost", "a_b.localhost", "*.localhost", "xn--lcalhost-", "localhost%00", "localhost%2eevil", "localhost/evil", "localhost evil", "local host", "evil.com#localhost",
		"0", "0x7f.1", "017700000001", "8.8.8.8", "[::ffff:8.8.8.8]", "[2001:db8::1]", "-", "null", "about:blank", "file://",
	}
	check := func(request, name string, want ...int) {
		t.Helper()
		got := r.raw(t, request)
		for _, status := range want {
			if got.StatusCode == status {
				if status != 200 && strings.Contains(got.body, "Home") {
					t.Errorf("%s: the page is sent", name)
				}
				return
			}
		}
		t.Errorf("%s: status %d, want %v", name, got.StatusCode, want)
	}
	for _, path := range []string{"/", "/__casebook/state"} {
		for _, host := range allowed {
			check("GET "+path+" HTTP/1.1\r\nHost: "+host+"\r\n\r\n", host, 200)
		}
		for _, host := range denied {
			// net/http refuses invalid Host headers before it calls the server.
			check("GET "+path+" HTTP/1.1\r\nHost: "+host+"\r\n\r\n", host, 403, 400)
		}
		const head = " HTTP/1.1\r\n"
		check("GET "+path+head+"Host:\r\n\r\n", "empty", 403)
		check("GET "+path+head+"\r\n", "none", 400)
		check("GET "+path+" HTTP/1.0\r\n\r\n", "none in 1.0", 403)
		check("GET "+path+head+"Host: localhost\r\nHost: evil.com\r\n\r\n", "two", 400)
		check("GET "+path+head+"Host: evil.com\r\nHost: localhost\r\n\r\n", "two", 400)
		check("GET "+path+head+"Host: evil.com\r\nX-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\n\r\n", "forwarded", 403)
		check("GET "+path+head+"Host: localhost\r\nX-Forwarded-Host: evil.com\r\n\r\n", "forwarded", 200)
		check("GET http://localhost"+path+head+"Host: evil.com\r\n\r\n", "absolute form", 400)
	}
}

func TestMethods(t *testing.T) {
	r := start(t, preview.Options{})
	r.Show(small(), preview.Change{})
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"} {
		for _, target := range []string{"/", "/__casebook/state", "/nothing"} {
			got := r.raw(t, method+" "+target+" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
			if got.StatusCode != 405 || got.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: status %d, Allow %q", method, target, got.StatusCode, got.Header.Get("Allow"))
			}
		}
	}
	if got := r.raw(t, "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n"); got.StatusCode != 405 {
		t.Errorf("OPTIONS *: status %d", got.StatusCode)
	}
	if got := r.raw(t, "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"); got.StatusCode != 400 {
		t.Errorf("a body: status %d", got.StatusCode)
	}
	for _, path := range []string{"/", "/nothing", "/data/cases.json", "/__casebook/state", "/__casebook/reload.js"} {
		full := r.get(t, path)
		head := r.raw(t, "HEAD "+path+" HTTP/1.1\r\nHost: localhost\r\n\r\n")
		if head.StatusCode != full.StatusCode || head.body != "" || head.ContentLength != full.ContentLength ||
			head.Header.Get("Content-Type") != full.Header.Get("Content-Type") {
			t.Errorf("HEAD %s: status %d and %d bytes, GET %d and %d", path, head.StatusCode, head.ContentLength, full.StatusCode, full.ContentLength)
		}
	}
}

func TestHeadersOnEveryResponse(t *testing.T) {
	r := start(t, preview.Options{})
	check := func(name string, got answer) {
		t.Helper()
		for header, want := range map[string]string{
			"Cache-Control":                "no-store",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Referrer-Policy":              "same-origin",
			"X-Content-Type-Options":       "nosniff",
			"X-Frame-Options":              "DENY",
		} {
			if got.Header.Get(header) != want {
				t.Errorf("%s: %s is %q", name, header, got.Header.Get(header))
			}
		}
		if policy := got.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", name, policy)
		}
		for header := range got.Header {
			if strings.HasPrefix(header, "Access-Control-") {
				t.Errorf("%s: a CORS header: %s", name, header)
			}
		}
	}
	check("waiting", r.get(t, "/"))
	r.Show(small(), preview.Change{})
	for _, path := range []string{"/", "/cases", "/nothing", "/cases/x/ward.png", "/data/cases.json", "/__casebook/state", "/__casebook/reload.js", "/__casebook/nothing"} {
		check(path, r.get(t, path, "Origin", "http://"+r.addr))
	}
	for _, request := range []string{
		"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"OPTIONS / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.com\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Private-Network: true\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: evil.com\r\n\r\n",
		"GET /%5c HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"HEAD /__casebook/events HTTP/1.1\r\nHost: localhost\r\n\r\n",
	} {
		check(request, r.raw(t, request))
	}
}

func TestFetchMetadata(t *testing.T) {
	r := start(t, preview.Options{})
	r.Show(small(), preview.Change{})
	for _, test := range []struct {
		site, mode, dest string
		page, channel    int
	}{
		{"", "", "", 200, 200},
		{"none", "navigate", "document", 200, 200},
		{"same-origin", "cors", "empty", 200, 200},
		{"same-origin", "no-cors", "script", 200, 200},
		{"cross-site", "navigate", "document", 200, 403},
		{"same-site", "navigate", "document", 200, 403},
		{"cross-site", "navigate", "iframe", 403, 403},
		{"same-site", "navigate", "embed", 403, 403},
		{"cross-site", "no-cors", "image", 403, 403},
		{"same-site", "no-cors", "script", 403, 403},
		{"cross-site", "cors", "empty", 403, 403},
		{"same-site", "websocket", "empty", 403, 403},
		{"surprise", "cors", "empty", 403, 403},
	} {
		var header []string
		for name, value := range map[string]string{"Sec-Fetch-Site": test.site, "Sec-Fetch-Mode": test.mode, "Sec-Fetch-Dest": test.dest} {
			if value != "" {
				header = append(header, name, value)
			}
		}
		if got := r.get(t, "/", header...); got.StatusCode != test.page {
			t.Errorf("%v: page %d, want %d", test, got.StatusCode, test.page)
		}
		if got := r.get(t, "/__casebook/state", header...); got.StatusCode != test.channel {
			t.Errorf("%v: state %d, want %d", test, got.StatusCode, test.channel)
		}
	}
}

func TestOrigins(t *testing.T) {
	r := start(t, preview.Options{})
	r.Show(small(), preview.Change{})
	for _, name := range []string{"state", "events"} {
		for _, test := range []struct {
			origin string
			status int
		}{
			{"", 200},
			{"Origin: http://localhost:1313\r\n", 200},
			{"Origin: HTTP://LOCALHOST:1313\r\n", 200},
			{"Origin: https://localhost:1313\r\n", 200}, // through a proxy that adds TLS
			{"Origin: http://localhost\r\n", 403},
			{"Origin: http://localhost:3000\r\n", 403},
			{"Origin: http://127.0.0.1:1313\r\n", 403},
			{"Origin: http://evil.com\r\n", 403},
			{"Origin: http://localhost:1313.evil.com\r\n", 403},
			{"Origin: http://evil.com#localhost:1313\r\n", 403},
			{"Origin: http://localhost:1313@evil.com\r\n", 403},
			{"Origin: chrome-extension://localhost:1313\r\n", 403},
			{"Origin: file://\r\n", 403},
			{"Origin: null\r\n", 403},
			{"Origin:\r\n", 403},
			{"Origin: http://localhost:1313\r\nOrigin: http://evil.com\r\n", 403},
		} {
			// HEAD, since the stream has no end.
			got := r.raw(t, fmt.Sprintf("HEAD /__casebook/%s HTTP/1.1\r\nHost: localhost:1313\r\n%s\r\n", name, test.origin))
			if got.StatusCode != test.status {
				t.Errorf("%s with %q: status %d, want %d", name, test.origin, got.StatusCode, test.status)
			}
		}
	}
}
