package main

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"time"

	"casebook/internal/pipeline"
	"casebook/internal/problem"
	"casebook/internal/publish"

	"github.com/spf13/cobra"
)

// newBuild is "casebook build".
func newBuild(s streams) *cobra.Command {
	var p project
	var output string
	var quiet bool
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Write the site to a folder, ready to publish",
		Long: `Build checks the content and writes the site. If there is an error it exits
with status 1 and writes nothing. Otherwise it replaces the site in the output
folder as a whole, so that nobody sees a mix of the old and the new site.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			start := time.Now()
			bar := newProgress(s.err, quiet)
			result, err := p.buildOnce(cmd.Context(), bar.update)
			bar.done()
			if err != nil {
				return err
			}
			shown := atLeast(problem.Warning, result.Problems)
			if err := problem.Print(s.err, problem.Text, p.located(shown)); err != nil {
				return err
			}
			if result.Failed() {
				fmt.Fprintf(s.err, "casebook: %s: nothing was written\n", countProblems(result.Problems))
				return errProblems
			}
			p.explain(s.err, result)
			limitMemory(indexMemory)
			indexer := pipeline.Indexer{Progress: bar.update}
			snapshot, err := indexer.Index(cmd.Context(), result)
			bar.done()
			if err != nil {
				return err
			}
			if output == "" {
				output = p.public()
				if n := drafts(result.Library); n > 0 {
					fmt.Fprintf(s.err, "casebook: the site in %s holds %s, which readers will see if you publish it: to keep drafts apart, build to another folder with --output\n", output, count(n, "draft"))
				}
			}
			done, err := snapshot.Publish(cmd.Context(), publish.Options{Dir: output, Sources: p.inputs(), Project: p.source})
			if err != nil {
				return err
			}
			if done.Untidy != nil {
				fmt.Fprintf(s.err, "casebook: %v\n", done.Untidy)
			}
			for _, line := range snapshot.Outgrown() {
				fmt.Fprintf(s.err, "casebook: %s\n", line)
			}
			if !quiet {
				fmt.Fprintln(s.out, closingLine(output, result, snapshot, done, time.Since(start)))
			}
			return problem.Print(s.err, problem.Text, p.located(result.Moved(done.Added, done.Gone)))
		},
	}
	p.siteFlags(cmd)
	cmd.Flags().StringVar(&output, "output", "", "folder to write to (default <source>/public)")
	cmd.Flags().BoolVar(&quiet, "quiet", false, "print nothing but problems")
	return cmd
}

// closingLine summarises a finished build in one line.
func closingLine(output string, result *pipeline.Result, snapshot *pipeline.Snapshot, done publish.Result, took time.Duration) string {
	line := fmt.Sprintf("%s: %s, %s in %s; %s, %s", output, count(result.Pages, "page"), count(len(result.Library.Cases), "case"), seconds(took), count(snapshot.Len(), "file"), publish.Megabytes(snapshot.Size()))
	if warnings := problem.Count(result.Problems, problem.Warning); warnings > 0 {
		line += ", " + count(warnings, "warning")
	}
	switch {
	case done.Written == 0 && done.Removed == 0:
		line += "; nothing changed"
	case done.Unchanged > 0:
		line += fmt.Sprintf("; %s written, %d unchanged, %d removed", count(done.Written, "file"), done.Unchanged, done.Removed)
	}
	return line
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func countProblems(problems []problem.Problem) string {
	text := count(problem.Count(problems, problem.Error), "error")
	if warnings := problem.Count(problems, problem.Warning); warnings > 0 {
		text += ", " + count(warnings, "warning")
	}
	return text
}

func seconds(d time.Duration) string {
	return fmt.Sprintf("%.2f s", d.Seconds())
}

// atLeast returns the problems of the given severity or a more serious one.
func atLeast(severity problem.Severity, problems []problem.Problem) []problem.Problem {
	var selected []problem.Problem
	for _, p := range problems {
		if p.Severity <= severity {
			selected = append(selected, p)
		}
	}
	return selected
}

// located returns the problems with paths relative to the working folder, so
// that an editor or a terminal can open them.
func (p *project) located(problems []problem.Problem) []problem.Problem {
	located := make([]problem.Problem, len(problems))
	for i, one := range problems {
		if !strings.HasPrefix(one.File, pipeline.DefaultTheme+"/") {
			one.File = filepath.ToSlash(filepath.Join(p.source, filepath.FromSlash(one.File)))
		}
		located[i] = one
	}
	return located
}

// checkBaseURL accepts an absolute http or https address, or none.
func checkBaseURL(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	if err == nil && u.User != nil {
		return "", usageError{errors.New("--base-url holds a user name or a password: leave them out, every page would show them")}
	}
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.Path != "" && strings.TrimSuffix(u.Path, "/") != strings.TrimSuffix(path.Clean(u.Path), "/") {
		return "", usageError{fmt.Errorf("--base-url is %q: write the whole address of the site, such as https://example.org/cases/", s)}
	}
	return s, nil
}
