package docs_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"casebook/internal/docs"
)

// TestTopics checks that each page is a topic, with a title and with lines that fit in a
// terminal.
func TestTopics(t *testing.T) {
	topics := map[string]docs.Topic{}
	for _, topic := range docs.Topics() {
		topics[topic.Name+".md"] = topic
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		topic, found := topics[file.Name()]
		if strings.HasSuffix(file.Name(), ".md") && !found {
			t.Errorf("%s is not a topic", file.Name())
		}
		for line := range strings.Lines(topic.Text) {
			// A longer line may only end with something that cannot be divided.
			if words := strings.Fields(line); utf8.RuneCountInString(line) > 100 && len(words) > 1 {
				t.Errorf("%s: this line is too long for a terminal: %s", file.Name(), line)
			}
		}
		if found && !strings.HasPrefix(topic.Text, "# "+topic.Title+"\n\n") {
			t.Errorf("%s does not begin with its title", file.Name())
		}
	}
}
