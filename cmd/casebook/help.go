// The command help, with the documentation as its topics.

package main

import (
	"fmt"
	"strings"

	"casebook/internal/docs"

	"github.com/spf13/cobra"
)

// newTopics returns a help topic for each page of the documentation, printed by
// "casebook help NAME". To cobra, a command without a Run function is a topic.
func newTopics() []*cobra.Command {
	var topics []*cobra.Command
	for _, topic := range docs.Topics() {
		topics = append(topics, &cobra.Command{Use: topic.Name, Short: topic.Title, Long: topic.Terminal()})
	}
	return topics
}

// help runs "casebook help". Unlike cobra's own, it returns an error for a command
// or topic that does not exist.
func help(cmd *cobra.Command, args []string) error {
	about, rest, err := cmd.Root().Find(args)
	if err != nil || len(rest) > 0 {
		return usageError{fmt.Errorf("there is no command or topic %q; see %q", strings.Join(args, " "), cmd.Root().Name()+" --help")}
	}
	about.InitDefaultHelpFlag()
	return about.Help()
}
