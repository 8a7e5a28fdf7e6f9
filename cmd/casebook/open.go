package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// openBrowser shows an address in the browser that this machine uses, or in the
// program that BROWSER names. It does not wait for it.
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
	go func() { _ = cmd.Wait() }() // so that it leaves no zombie
	return nil
}
