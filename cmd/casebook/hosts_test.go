package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWebServers runs web servers with the settings in the documentation, and compares
// their responses with _headers, _redirects and 404.html of the site.
func TestWebServers(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a site and starts servers")
	}
	dir := t.TempDir()
	kb, www := newKB(t), filepath.Join(dir, "www")
	cases, err := filepath.Glob(filepath.Join(kb, "content/cases/*.md"))
	if err != nil || len(cases) == 0 {
		t.Fatal(cases, err)
	}
	id := strings.TrimSuffix(filepath.Base(cases[0]), ".md")
	write(t, cases[0], strings.Replace(read(t, cases[0]), "---\n", "---\naliases: [/cases/an-old-address/]\n", 1))
	succeeds(t, "build", "--source", kb, "--output", www, "--base-url", "http://localhost/", "--quiet")

	shown := map[string]string{}
	for _, b := range block.FindAllStringSubmatch(read(t, "../../internal/docs/publishing.md"), -1) {
		shown[b[3]] = b[4]
	}
	for _, server := range []struct {
		program, settings string
		before            string // settings that come before those of the site in the same file
		args              func(settings string) []string
	}{
		{"nginx", "nginx.conf", "", func(settings string) []string { return []string{"-p", dir, "-c", nginxMain(t, dir, settings)} }},
		{"caddy", "Caddyfile", "{\n\tadmin off\n}\n", func(settings string) []string { return []string{"run", "--config", settings, "--adapter", "caddyfile"} }},
	} {
		t.Run(server.program, func(t *testing.T) {
			program, err := exec.LookPath(server.program)
			if err != nil {
				skipWithout(t, server.program)
			}
			address := freeAddress(t)
			_, port, _ := net.SplitHostPort(address)
			settings := filepath.Join(dir, server.settings)
			write(t, settings, server.before+strings.NewReplacer("/srv/www", www, "8080", port).Replace(shown[server.settings]))
			cmd := exec.Command(program, server.args(settings)...)
			cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir, "HOME="+dir)
			var log strings.Builder
			cmd.Stdout, cmd.Stderr = &log, &log
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			defer func() {
				_ = cmd.Process.Signal(os.Interrupt)
				if _ = cmd.Wait(); t.Failed() {
					t.Log(log.String())
				}
			}()
			waitFor(t, address)
			checkHost(t, "http://"+address, www, "/cases/"+id+"/")
		})
	}
}

// nginxMain writes nginx's main configuration file, which includes the settings of a site.
func nginxMain(t *testing.T, dir, settings string) string {
	main := filepath.Join(dir, "main.conf")
	write(t, main, fmt.Sprintf("daemon off; master_process off; pid %[1]s/pid; error_log stderr; events { }\nhttp { include /etc/nginx/mime.types; access_log off; client_body_temp_path %[1]s/1; proxy_temp_path %[1]s/2; fastcgi_temp_path %[1]s/3; uwsgi_temp_path %[1]s/4; scgi_temp_path %[1]s/5; include %[2]s; }\n", dir, settings))
	return main
}

// checkHost compares the responses of a host with the site. The page at the address
// renamed had another address before.
func checkHost(t *testing.T, host, site, renamed string) {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	get := func(path string) (*http.Response, string) {
		t.Helper()
		response, err := client.Get(host + path)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response, string(body)
	}
	rules := 0
	for rule := range strings.SplitSeq(strings.TrimSpace(read(t, filepath.Join(site, "_headers"))), "\n/") {
		path, header, _ := strings.Cut(rule, "\n")
		name, want, _ := strings.Cut(strings.TrimSpace(header), ": ")
		path = "/" + strings.TrimPrefix(path, "/")
		if path == "/*" {
			path = "/"
		} else if strings.Contains(path, "*") {
			files, err := filepath.Glob(filepath.Join(site, path))
			if err != nil || len(files) == 0 {
				t.Fatal(path, err)
			}
			path = filepath.ToSlash(strings.TrimPrefix(files[0], site))
		}
		if response, _ := get(path); response.StatusCode != http.StatusOK || response.Header.Get(name) != want {
			t.Errorf("%s: %s, %s is %q, want %q", path, response.Status, name, response.Header.Get(name), want)
		}
		rules++
	}
	if rules < 5 {
		t.Errorf("only %d rules in _headers", rules)
	}
	if response, body := get(renamed); response.StatusCode != http.StatusOK || body != read(t, filepath.Join(site, renamed, "index.html")) || response.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("%s: %s, %v", renamed, response.Status, response.Header)
	}
	if response, _ := get(strings.TrimSuffix(renamed, "/")); response.StatusCode/100 != 3 || !strings.HasSuffix(response.Header.Get("Location"), renamed) {
		t.Errorf("without the last slash: %s to %q", response.Status, response.Header.Get("Location"))
	}
	for _, old := range []string{"/cases/an-old-address/", "/cases/an-old-address"} {
		if response, _ := get(old); response.StatusCode != http.StatusMovedPermanently || !strings.HasSuffix(response.Header.Get("Location"), renamed) {
			t.Errorf("%s: %s to %q", old, response.Status, response.Header.Get("Location"))
		}
	}
	if response, body := get("/no/such/page/"); response.StatusCode != http.StatusNotFound || body != read(t, filepath.Join(site, "404.html")) {
		t.Errorf("no such page: %s, %.80q", response.Status, body)
	}
}

// waitFor waits until a server listens on the address.
func waitFor(t *testing.T, address string) {
	t.Helper()
	for range 1000 {
		if connection, err := net.Dial("tcp", address); err == nil {
			connection.Close()
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("no server listens on %s", address)
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
