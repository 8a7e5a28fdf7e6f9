package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestUsageErrors checks that mistakes on the command line exit with status 2, so that
// scripts can distinguish them from content with errors.
func TestUsageErrors(t *testing.T) {
	for line, want := range map[string]string{
		"bild":                              `unknown command "bild"`,
		"build --drats":                     "unknown flag: --drats",
		"build extra":                       `see "casebook build --help"`,
		"build --base-url example.org":      "write the whole address",
		"build --base-url https://me@x.org": "leave them out",
		"serve --port 99999":                "--port is 99999: choose one from 1 to 65535",
		"serve --port -1":                   "--port is -1: choose",
		"serve --poll -1s":                  "--poll is -1s: give it a time such as 2s",
		"completion nosuch":                 `unknown command "nosuch" for "casebook completion"`,
		"completion bash extra":             `see "casebook completion bash --help"`,
		"help nosuch":                       `there is no command or topic "nosuch"; see "casebook --help"`,
		"init":                              `or . for this one; see "casebook init --help"`,
		"init a b":                          "name one folder",
		"bundle":                            "name the file to write, such as site.zip",
	} {
		var out, err bytes.Buffer
		if code := run(strings.Fields(line), strings.NewReader(""), &out, &err); code != exitUsage {
			t.Errorf("%s: exit status %d", line, code)
		}
		if !strings.Contains(err.String(), want) || out.Len() > 0 {
			t.Errorf("%s: stderr %q and stdout %q, want %q", line, err.String(), out.String(), want)
		}
	}
}
