package main

import (
	"archive/zip"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"casebook/internal/publish"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	os.Setenv("XDG_CACHE_HOME", os.DevNull) // no cache that tests share, except with --cache
	allowGarbage(400)                       // as main does
	testscript.Main(m, map[string]func(){"casebook": main})
}

// mainScripts are the scripts that also run with -short.
var mainScripts = []string{"build.txtar", "usage.txtar"}

// TestScripts runs casebook as its users do, with the scripts in testdata/script.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		files = slices.DeleteFunc(files, func(file string) bool { return !slices.Contains(mainScripts, filepath.Base(file)) })
	}
	testscript.Run(t, testscript.Params{
		Files: files,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE_DATE_EPOCH", "1795478400") // 2026-11-24
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"add-words":  addWords,
			"append":     appendLine,
			"glob":       globName,
			"replace":    replaceText,
			"same-files": sameFiles,
			"same-mtime": sameMtime,
			"stamp":      stampFile,
			"zip":        zipFolder,
		},
	})
}

// stampFile is the command "stamp file new", which makes an empty file with the modification
// time of another.
func stampFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: stamp file new")
	}
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), nil, 0o644))
	ts.Check(os.Chtimes(ts.MkAbs(args[1]), info.ModTime(), info.ModTime()))
}

// sameMtime is the command "same-mtime a b", which checks that two files have the same
// modification time.
func sameMtime(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same-mtime file file")
	}
	var infos [2]os.FileInfo
	for i, name := range args {
		info, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		infos[i] = info
	}
	if same := infos[0].ModTime().Equal(infos[1].ModTime()); same == neg {
		ts.Fatalf("%s and %s: same modification time is %v", args[0], args[1], same)
	}
}

// sameFiles is the command "same-files a b", which checks that two folders hold the same
// files.
func sameFiles(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: same-files folder folder")
	}
	var found [2]map[string][32]byte
	for i, dir := range args {
		files, err := publish.Read(context.Background(), ts.MkAbs(dir))
		ts.Check(err)
		found[i] = map[string][32]byte{}
		for _, f := range files {
			found[i][f.Path] = f.Hash
		}
	}
	for name, hash := range found[0] {
		if found[1][name] != hash {
			ts.Fatalf("%s and %s differ in %s", args[0], args[1], name)
		}
	}
	if len(found[0]) != len(found[1]) {
		ts.Fatalf("%s has %d files, %s has %d", args[0], len(found[0]), args[1], len(found[1]))
	}
}

// globName is the command "glob NAME pattern", which sets a variable to the one file that the
// pattern matches.
func globName(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: glob NAME pattern")
	}
	files, err := filepath.Glob(ts.MkAbs(args[1]))
	ts.Check(err)
	if len(files) != 1 {
		ts.Fatalf("%d files match %s", len(files), args[1])
	}
	ts.Setenv(args[0], files[0])
}

// appendLine is the command "append file line".
func appendLine(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: append file line")
	}
	appendTo(ts, args[0], args[1])
}

// replaceText is the command "replace file regexp text", which replaces the one match.
func replaceText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace file regexp text")
	}
	text, match := ts.ReadFile(args[0]), regexp.MustCompile(args[1])
	if n := len(match.FindAllString(text, -1)); n != 1 {
		ts.Fatalf("%s: %d matches of %s", args[0], n, args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(match.ReplaceAllString(text, args[2])), 0o644))
}

// addWords is the command "add-words file", which appends random words to the file, more
// than 14 KB when compressed.
func addWords(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: add-words file")
	}
	random := rand.New(rand.NewPCG(1, 2))
	var text strings.Builder
	for range 5_000 {
		for range 1 + random.IntN(8) {
			text.WriteByte(byte('a' + random.IntN(26)))
		}
		text.WriteByte(' ')
	}
	appendTo(ts, args[0], text.String())
}

// appendTo appends a line to a file.
func appendTo(ts *testscript.TestScript, name, line string) {
	file, err := os.OpenFile(ts.MkAbs(name), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	_, err = file.WriteString(line + "\n")
	ts.Check(err)
	ts.Check(file.Close())
}

// zipFolder is the command "zip file folder", which writes a zip archive of the folder, such
// as a Word document.
func zipFolder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: zip file folder")
	}
	file, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	archive := zip.NewWriter(file)
	ts.Check(archive.AddFS(os.DirFS(ts.MkAbs(args[1]))))
	ts.Check(archive.Close())
	ts.Check(file.Close())
}

func TestQuotedNames(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has another shell")
	}
	for name, want := range map[string]string{
		"kb": "kb", "../my-kb_2": "../my-kb_2", "our book": "'our book'", "it's": `'it'\''s'`, "$HOME": "'$HOME'", "~x": "'~x'", "é": "é",
	} {
		if got := quoted(name); got != want {
			t.Errorf("quoted(%q) = %s, want %s", name, got, want)
		}
	}
}
