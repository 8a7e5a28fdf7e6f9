// Opening a web page in the browser.

package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// openBrowser opens an address in the program that BROWSER names or, if it is
// not set, in the default browser. It does not wait for the program to end.
func openBrowser(address string) error {
	command := []string{"xdg-open", address}
	switch browser := strings.Fields(os.Getenv("BROWSER")); {
	case len(browser) > 0:
		command = append(browser, address)
	case runtime.GOOS == "darwin":
		command[0] = "open"
	case runtime.GOOS == "windows":
		command = []string{"rundll32", "url.dll,FileProtocolHandler", address}
	}
	cmd := exec.Command(command[0], command[1:]...)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("open a browser: %w", err)
	}
	go func() { _ = cmd.Wait() }() // reap the process
	return nil
}
