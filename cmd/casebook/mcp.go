// The command mcp: answers assistants by the Model Context Protocol.

package main

import (
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"casebook/internal/answers"
	"casebook/internal/pipeline"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"
)

// newMCP returns the command "casebook mcp".
func newMCP(s streams) *cobra.Command {
	var p project
	var baseURL string
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Answer assistants by the Model Context Protocol",
		Long: `Mcp reads questions from standard input and answers on standard output, by the
Model Context Protocol: search, list, get and cite. Assistants start it themselves;
name this command in their settings. Every answer has the address of its page, and
nothing that the site does not show is answered.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			base, err := checkBaseURL(baseURL)
			if err != nil {
				return err
			}
			result, err := p.planGood(cmd.Context(), s)
			if err != nil {
				return err
			}
			limitMemory(indexMemory, len(result.Library.Cases))
			allowGarbage(100)
			index, err := new(pipeline.Indexer).Searcher(cmd.Context(), result)
			if err != nil {
				return err
			}
			documents, err := result.Documents()
			if err != nil {
				return err
			}
			server := answers.NewServer(answers.Options{
				Library: result.Library, Index: index, Documents: documents, Labels: result.Labels(), BaseURL: base, Version: versionLine(),
			})
			fmt.Fprintf(s.err, "casebook: answering from %s\n", countCases(result.Library.Site.Terms, len(result.Library.Cases)))
			questions := &input{Reader: s.in}
			err = server.Run(cmd.Context(), &mcp.IOTransport{Reader: questions, Writer: output{s.out}})
			if questions.ended.Load() {
				return nil // the client has closed the connection
			}
			return err
		},
	}
	p.flags(cmd)
	cmd.Flags().StringVar(&baseURL, "base-url", "", "address of the published site (default base_url of site.yaml)")
	return cmd
}

// input records whether the reader has ended. Its Close does nothing, because
// the caller closes the reader.
type input struct {
	io.Reader
	ended atomic.Bool
}

func (i *input) Read(p []byte) (int, error) {
	n, err := i.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		i.ended.Store(true)
	}
	return n, err
}

func (*input) Close() error { return nil }

// output is a writer whose Close does nothing, because the caller closes the
// writer.
type output struct{ io.Writer }

func (output) Close() error { return nil }
