package main

import (
	"bytes"
	"crypto/sha256"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/publish"
)

// site publishes a small site and returns its folder.
func site(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "public")
	var files []publish.File
	for path, text := range map[string]string{"index.html": "home", "cases/x/index.html": "a case", "404.html": "no page", "assets/site.css": "style"} {
		files = append(files, publish.File{
			Path: path, Hash: sha256.Sum256([]byte(text)), Size: int64(len(text)),
			Bytes: func() ([]byte, error) { return []byte(text), nil },
		})
	}
	if _, err := publish.Publish(t.Context(), files, publish.Options{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestCommand(t *testing.T) {
	dir, www := site(t), filepath.ToSlash(t.TempDir())
	host := httptest.NewServer(http.FileServer(http.Dir(www)))
	defer host.Close()
	for _, step := range []struct {
		args string
		code int
		want string // a part of the output
	}{
		{"file://" + www + " --dry-run --site " + dir, exitOK, "would be uploaded 4 (0.0 MB), unchanged 0"},
		{"file://" + www + " --site " + dir + " --url " + host.URL, exitOK, "uploaded 4 (0.0 MB), unchanged 0, deleted 0, kept of earlier builds 0"},
		{"file://" + www + " --site " + dir, exitOK, "uploaded 0 (0.0 MB), unchanged 4"},
		{"file://" + www + " --quiet --site " + dir + " --url " + host.URL + "/other/", exitFailed, "404 Not Found"},
		{"file://" + www + " --site " + www, exitFailed, "is not a site that casebook built"},
		{"file://" + www + " --gzip --site " + dir, exitFailed, "let the server compress"},
		{"/srv/www --site " + dir, exitFailed, "write file:///folder, s3://bucket, gs://bucket or azblob://container"},
		{"--help", exitOK, "--take-lock"},
		{"", exitUsage, "see casebook-deploy --help"},
		{"--no-such-flag", exitUsage, "see casebook-deploy --help"},
	} {
		var out bytes.Buffer
		if code := run(strings.Fields(step.args), &out, &out); code != step.code || !strings.Contains(out.String(), step.want) {
			t.Errorf("casebook-deploy %s: exit status %d, output\n%s", step.args, code, out.String())
		}
	}
	if data, err := os.ReadFile(filepath.Join(www, "cases/x/index.html")); string(data) != "a case" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
}
