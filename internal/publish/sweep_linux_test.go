//go:build sweep

package publish_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestKillsSweep(t *testing.T) { killAtRandom(t, 200, 60) }

func TestReadersSweep(t *testing.T) { readWhileSwapping(t, 200, 100_000) }

// faults lists the system calls that publishing makes, and the errors that each may
// return. The test injects them at the first use of a call, the second, and so on to the
// last.
var faults = []struct {
	calls  string
	errors string
}{
	{"openat", "ENOSPC EIO EACCES EMFILE"},
	{"write", "ENOSPC EIO"},
	{"read", "EIO"},
	{"close", "EIO"},
	{"mkdirat", "ENOSPC EIO EACCES"},
	{"linkat", "ENOSPC EIO EACCES"},
	{"symlinkat", "ENOSPC EIO EACCES"},
	{"renameat2", "ENOSPC EIO EACCES"},
	{"unlinkat", "EIO EACCES"},
	{"newfstatat", "EIO EACCES"},
	{"fstat", "EIO"},
	{"fchmodat", "EIO EACCES"},
	{"readlinkat", "EIO EACCES"},
	{"getdents64", "EIO"},
	{"flock", "EIO"},
}

// TestFaultsSweep kills a publishing process at each system call, or makes the call fail:
// that call only, and also all calls from there on. It does so while folders are
// exchanged, and again while they are renamed, as on file systems that cannot exchange.
func TestFaultsSweep(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed:", err)
	}
	s := sweep{strace: strace, dir: filepath.Join(t.TempDir(), "public"), log: filepath.Join(t.TempDir(), "log")}
	repository(t, s.dir)
	ignore := filepath.Join(s.dir, ".gitignore") // a link, so that publishing calls symlinkat
	write(t, filepath.Join(s.dir, ".git/ignore"), "*.tmp\n")
	if err := errors.Join(os.Remove(ignore), os.Symlink(".git/ignore", ignore)); err != nil {
		t.Fatal(err)
	}
	if out, err := s.run(t, 1, "--trace=flock"); err != nil {
		t.Skipf("no permission to run strace: %v: %s", err, out)
	}
	for _, f := range faults {
		s.sweepCall(t, exchanged, f.calls, "signal=KILL", "")
		for name := range strings.FieldsSeq(f.errors) {
			s.sweepCall(t, exchanged, f.calls, "error="+name, "")
			s.sweepCall(t, exchanged, f.calls, "error="+name, "+")
		}
	}
	for _, call := range []string{"renameat", "renameat2", "unlinkat", "symlinkat", "mkdirat"} {
		s.sweepCall(t, renamed, call, "signal=KILL", "")
	}
	for _, name := range []string{"EIO", "EACCES"} {
		s.sweepCall(t, renamed, "renameat", "error="+name, "")
		s.sweepCall(t, renamed, "renameat", "error="+name, "+")
	}
	t.Logf("%d faults injected", s.injected)
	if s.injected < 500 {
		t.Error("too few faults were injected to show anything")
	}
}

// swapping is how the child swaps the old and the new site.
type swapping int

const (
	exchanged swapping = iota
	renamed
)

const sweepPages = 3

type sweep struct {
	strace, dir, log string
	gen              int // the generation in dir
	injected         int
}

// sweepCall injects the fault at the first, second, … use of a system call.
func (s *sweep) sweepCall(t *testing.T, how swapping, call, fault, onwards string) {
	missed, before := 0, s.injected
	// strace counts by thread, so that one run may miss a count.
	for n := 1; missed < 3; n++ {
		at := fmt.Sprintf("%s of %s at %d%s, swapping %d", fault, call, n, onwards, how)
		args := []string{"--trace=" + call, fmt.Sprintf("--inject=%s:%s:when=%d%s", call, fault, n, onwards)}
		if how == renamed {
			args = []string{"--trace=renameat2," + call, args[1], "--inject=renameat2:error=EINVAL"}
			if call == "renameat2" {
				args[1] = fmt.Sprintf("--inject=renameat2:error=EINVAL:signal=KILL:when=%d", n)
				args = args[:2]
			}
		}
		mustPublish(t, s.dir, generation(s.gen, sweepPages))
		out, err := s.run(t, s.gen+1, args...)
		log, readErr := os.ReadFile(s.log)
		if readErr != nil {
			t.Fatal(readErr)
		}
		// When folders are renamed, EINVAL is what forces that, and not the fault.
		faulty := strings.Count(string(log), "INJECTED") > strings.Count(string(log), "EINVAL")
		if faulty || killed(err) {
			missed = 0
			s.injected++
		} else {
			missed++
		}
		s.check(t, at, how, err, out)
		if t.Failed() {
			t.Logf("%s\n%s", out, log)
			return
		}
	}
	if s.injected == before {
		t.Fatalf("%s of %s, swapping %d: the fault was never injected", fault, call, how)
	}
}

// killed reports whether err is the error of a killed process: strace ends with the
// status of the process that it traces.
func killed(err error) bool {
	exit := (*exec.ExitError)(nil)
	if !errors.As(err, &exit) {
		return false
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}

// run publishes generation gen in a child under strace.
func (s *sweep) run(t *testing.T, gen int, args ...string) ([]byte, error) {
	// Without --seccomp-bpf, which is faster, because strace 6.1 does not inject signals with it.
	wrapper := append([]string{s.strace, "--follow-forks", "--quiet=all", "--output=" + s.log}, args...)
	cmd := child(t, s.dir, gen, gen, sweepPages, wrapper...)
	cmd.Env = append(cmd.Env, "GOMAXPROCS=1")
	return cmd.CombinedOutput()
}

// check checks the output after the child ended, and again after the next build.
func (s *sweep) check(t *testing.T, at string, how swapping, childErr error, out []byte) {
	t.Helper()
	old, fresh := generation(s.gen, sweepPages), generation(s.gen+1, sweepPages)
	_, statErr := os.Lstat(s.dir)
	if how == exchanged || statErr == nil {
		got := readSite(t, s.dir)
		switch {
		case childErr == nil && !maps.Equal(got, fresh):
			t.Fatalf("%s: success, but not the new site: %q: %s", at, got, out)
		case !maps.Equal(got, old) && !maps.Equal(got, fresh):
			t.Fatalf("%s: neither old nor new: %q: %s", at, got, out)
		}
	}
	if exit := (*exec.ExitError)(nil); childErr != nil && !errors.As(childErr, &exit) {
		t.Fatalf("%s: %v", at, childErr)
	}
	if strings.Contains(string(out), "panic") {
		t.Fatalf("%s: panic: %s", at, out)
	}
	s.gen += 2
	mustPublish(t, s.dir, generation(s.gen, sweepPages))
	checkSite(t, s.dir, generation(s.gen, sweepPages))
	checkRepository(t, s.dir)
	if !lstat(t, filepath.Join(s.dir, ".git")).IsDir() {
		t.Fatalf("%s: .git is not a folder after the next build", at)
	}
}
