package publish_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"casebook/internal/publish"
)

// childVar is an environment variable that makes the test binary publish sites and exit.
// Its value is "<first generation> <last generation> <pages> <folder>".
const childVar = "PUBLISH_TEST_CHILD"

func TestMain(m *testing.M) {
	if job := os.Getenv(childVar); job != "" {
		os.Exit(runChild(job))
	}
	os.Exit(m.Run())
}

func runChild(job string) int {
	fields := strings.SplitN(job, " ", 4)
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(fields[i])
	}
	fmt.Println("ready")
	for gen := n[0]; gen <= n[1]; gen++ {
		if _, err := publish.Publish(context.Background(), textSite(generation(gen, n[2])), publish.Options{Dir: fields[3]}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return 0
}

// child returns a command that publishes the generations first to last. If there is a
// wrapper, it is the command that runs it.
func child(t testing.TB, dir string, first, last, pages int, wrapper ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := append(wrapper, self)
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d %d %d %s", childVar, first, last, pages, dir))
	return cmd
}

// startChild starts a child and returns when it begins to publish.
func startChild(t testing.TB, cmd *exec.Cmd) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("the child printed %q: %v", line, err)
	}
}
