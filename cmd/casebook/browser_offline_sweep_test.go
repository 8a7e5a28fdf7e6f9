//go:build sweep

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestOfflineInFirefoxSweep reads the bundled site from files, in Firefox.
func TestOfflineInFirefoxSweep(t *testing.T) {
	firefox, err := exec.LookPath("firefox-esr")
	if err != nil {
		firefox, err = exec.LookPath("firefox")
	}
	if err != nil {
		skipWithout(t, "Firefox")
	}
	readOffline(startFirefox(t, firefox), unpacked(t))
}

// firefoxReader is a Firefox that is controlled by Marionette, its remote protocol. A
// command is "LENGTH:[0,id,command,parameters]", and its answer "LENGTH:[1,id,error,result]".
// https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
type firefoxReader struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
	id   int
}

func startFirefox(t *testing.T, program string) *firefoxReader {
	t.Helper()
	profile := t.TempDir()
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(`user_pref("marionette.port", 0);`), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "--headless", "--marionette", "--no-remote", "--profile", profile)
	cmd.Env = append(os.Environ(), "HOME="+profile, "XDG_CACHE_HOME="+profile)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	// Firefox writes the port on which it listens to its profile.
	var port string
	for deadline := time.Now().Add(time.Minute); port == ""; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("Firefox does not start")
		}
		data, _ := os.ReadFile(filepath.Join(profile, "MarionetteActivePort"))
		port = strings.TrimSpace(string(data))
	}
	conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	f := &firefoxReader{t: t, conn: conn, in: bufio.NewReader(conn)}
	f.message() // its name and version
	if _, err := f.command("WebDriver:NewSession", map[string]any{}); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *firefoxReader) message() []byte {
	f.t.Helper()
	if err := f.conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		f.t.Fatal(err)
	}
	length, err := f.in.ReadString(':')
	if err != nil {
		f.t.Fatal(err)
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, ":"))
	if err != nil {
		f.t.Fatal(err)
	}
	data := make([]byte, n)
	if _, err := io.ReadFull(f.in, data); err != nil {
		f.t.Fatal(err)
	}
	return data
}

func (f *firefoxReader) command(name string, parameters any) (json.RawMessage, error) {
	f.t.Helper()
	f.id++
	data, err := json.Marshal([]any{0, f.id, name, parameters})
	if err != nil {
		f.t.Fatal(err)
	}
	if _, err := fmt.Fprintf(f.conn, "%d:%s", len(data), data); err != nil {
		f.t.Fatal(err)
	}
	var answer [4]json.RawMessage
	if err := json.Unmarshal(f.message(), &answer); err != nil {
		f.t.Fatal(err)
	}
	if string(answer[2]) != "null" {
		return nil, fmt.Errorf("%s: %s", name, answer[2])
	}
	return answer[3], nil
}

func (f *firefoxReader) open(address string) {
	f.t.Helper()
	if _, err := f.command("WebDriver:Navigate", map[string]any{"url": address}); err != nil {
		f.t.Fatal(err)
	}
}

func (f *firefoxReader) script(text string) (string, error) {
	f.t.Helper()
	result, err := f.command("WebDriver:ExecuteScript", map[string]any{"script": text, "args": []any{}, "sandbox": nil})
	return string(result), err
}

func (f *firefoxReader) eval(script string) {
	f.t.Helper()
	if _, err := f.script(script); err != nil {
		f.t.Fatal(err)
	}
}

func (f *firefoxReader) until(what, condition string) {
	f.t.Helper()
	var last error
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var result string
		if result, last = f.script("return !!(" + condition + ")"); last == nil && strings.Contains(result, "true") {
			return
		}
	}
	page, _ := f.script("return location.href + document.querySelector('main').innerText")
	f.t.Fatalf("never true: %s (%v); the page shows: %s", what, last, page)
}
