package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"testing"
)

// TestMCP sends questions on standard input, as an assistant does, checks the answers, and
// checks that the program ends with its input.
func TestMCP(t *testing.T) {
	kb := newKB(t)
	questions, ask := io.Pipe()
	answer, answers := io.Pipe()
	var messages strings.Builder
	ended := make(chan int)
	go func() {
		code := run([]string{"mcp", "--source", kb, "--base-url", "https://example.org/kb/"}, questions, answers, &messages)
		_ = answers.Close()
		ended <- code
	}()
	lines := bufio.NewScanner(answer)
	for _, exchange := range []struct{ question, want string }{
		{`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}`, `"name":"casebook"`},
		{`{"jsonrpc":"2.0","method":"notifications/initialized"}`, ""},
		{`{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"list","arguments":{"country":"uganda"}}}`, `https://example.org/kb/cases/`},
	} {
		if _, err := fmt.Fprintln(ask, exchange.question); err != nil {
			t.Fatal(err)
		}
		if exchange.want == "" {
			continue
		}
		if !lines.Scan() || !strings.Contains(lines.Text(), exchange.want) {
			t.Fatalf("%s: no %q in %q", exchange.question, exchange.want, lines.Text())
		}
	}
	_ = ask.Close()
	for lines.Scan() {
		t.Errorf("an answer without a question: %s", lines.Text())
	}
	if code := <-ended; code != exitOK || !strings.Contains(messages.String(), "answering from 2 cases") {
		t.Errorf("exit status %d: %s", code, messages.String())
	}
}
