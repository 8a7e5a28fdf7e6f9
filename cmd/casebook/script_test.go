package main

import (
	"archive/zip"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

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
			"same-mtime": sameMtime,
			"add-words":  addWords,
			"zip":        zipFolder,
		},
	})
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
	file, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	_, err = file.WriteString(text.String() + "\n")
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
