package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"casebook": main})
}

// TestScripts runs casebook as its users do: one script for each thing that
// they do with it, in testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE_DATE_EPOCH", "1795478400") // 2026-11-24
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"same-mtime": sameMtime,
		},
	})
}

// sameMtime is "same-mtime a b": the two files have the same modification time.
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
