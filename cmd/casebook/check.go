// The command check: finds the problems of the content.

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casebook/internal/advice"
	"casebook/internal/cache"
	"casebook/internal/content"
	"casebook/internal/docs"
	"casebook/internal/frontmatter"
	"casebook/internal/library"
	"casebook/internal/pipeline"
	"casebook/internal/problem"
	"casebook/internal/source"

	"github.com/spf13/cobra"
)

// newCheck returns the command "casebook check".
func newCheck(s streams) *cobra.Command {
	var p project
	var format string
	var fix bool
	var outsideLinks external
	cmd := &cobra.Command{
		Use:   "check [path…]",
		Short: "List the problems in the content, and what is not published",
		Long: `Check reads all content and prints every problem with its file, line and column
and how to fix it. It also lists every draft, withdrawn or overdue case. Drafts
are checked like published files. If you name files or folders, it prints only
their problems. It exits with status 1 if there is an error.

With --fix it first corrects what leaves no choice, by the smallest edit: curly
quotes to straight ones, the name of a field, a date. It keeps an edit only if
the problem is gone then and no other one has come.

With --external it also asks the sites that the content links to whether their
pages are still there. It asks each host one thing at a time, keeps the answers for
a week, and asks no address of your own network. What it finds is advice.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if !slices.Contains(problem.Formats(), problem.Format(format)) {
				return usageError{fmt.Errorf("--format is %q: use one of %v", format, problem.Formats())}
			}
			asked, err := p.below(paths)
			if err != nil {
				return err
			}
			all, err := p.findConcerning(cmd.Context(), s.err, asked)
			if err != nil {
				return err
			}
			if fix {
				if err := p.fix(s.err, all); err != nil {
					return err
				}
				if all, err = p.findConcerning(cmd.Context(), s.err, asked); err != nil {
					return err
				}
			}
			if outsideLinks.on {
				more, err := p.checkOutside(cmd.Context(), s, outsideLinks, asked)
				if err != nil {
					return err
				}
				isKnown := func(p problem.Problem) bool { // such as a link to a preview
					return slices.ContainsFunc(all, func(q problem.Problem) bool { return q.Position() == p.Position() })
				}
				all = problem.Sort(append(all, slices.DeleteFunc(more, isKnown)...))
			}
			return printChecked(s, problem.Format(format), p.located(all))
		},
	}
	p.flags(cmd)
	p.cache.declare(cmd)
	cmd.Flags().StringVar(&format, "format", string(problem.Text), "how to print: text, json, github or gitlab for annotations in continuous integration, or sarif")
	cmd.Flags().BoolVar(&fix, "fix", false, "correct what leaves no choice")
	outsideLinks.flags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("format", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var names []string
		for _, f := range problem.Formats() {
			names = append(names, string(f))
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	})
	return cmd
}

// printChecked prints the problems that were found, and returns errProblems if one of
// them is an error.
func printChecked(s streams, format problem.Format, found []problem.Problem) error {
	printer := problem.Printer{Lines: sourceLines, Meaning: docs.Meaning}
	if err := printer.Print(s.out, format, found); err != nil {
		return err
	}
	if problem.Count(found, problem.Error) > 0 {
		fmt.Fprintf(s.err, "casebook: %s\n", countProblems(found))
		return errProblems
	}
	if format == problem.Text {
		fmt.Fprintf(s.err, "casebook: no errors%s\n", andWarnings(found))
	}
	return nil
}

// findConcerning returns the sorted problems of the files at or below the
// paths, or of all files if there are no paths.
func (p *project) findConcerning(ctx context.Context, w io.Writer, paths []string) ([]problem.Problem, error) {
	all, err := p.findProblems(ctx, w, paths)
	if len(paths) > 0 {
		all = slices.DeleteFunc(all, func(one problem.Problem) bool { return !concerns(one.File, paths) })
	}
	return problem.Sort(all), err
}

// sourceLines returns the lines of a file, or nil if it is too large to be
// content.
func sourceLines(file string) []string {
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() || info.Size() > frontmatter.MaxFile {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	return problem.Lines(text)
}

// findProblems returns the problems of all content, with the advice on the files
// at or below the paths only, if there are paths. If nothing has changed, it returns
// what an earlier process found.
func (p *project) findProblems(ctx context.Context, w io.Writer, paths []string) ([]problem.Problem, error) {
	today, err := p.today(time.Now())
	if err != nil {
		return nil, err
	}
	scanner, err := p.scanner()
	if err != nil {
		return nil, err
	}
	kept := p.openCache(w)
	pipeline.RecallListing(kept, scanner)
	tree, err := scanner.Scan(ctx)
	if err != nil {
		return nil, err
	}
	_ = pipeline.KeepListing(kept, scanner) // if this fails, the files are read again next time
	if found, ok := pipeline.RecallChecked(kept, pipeline.Input{Tree: tree, Today: today}, paths); ok {
		return found, nil
	}
	input := pipeline.Input{Tree: tree, Today: today}
	var loaded *pipeline.Builder // with the theme, which is the same with drafts
	results, found, err := p.checkTwice(paths, func(p *project) (*pipeline.Result, error) { return p.readPart(ctx, input, kept, paths) })
	if err == nil && results == nil {
		results, found, err = p.checkTwice(paths, func(p *project) (*pipeline.Result, error) {
			builder, err := p.builder(p.openCache(w))
			if err != nil {
				return nil, err
			}
			defer builder.Close()
			if loaded != nil {
				builder.TakeTheme(loaded)
			}
			loaded = builder
			return buildKept(ctx, builder, scanner, today)
		})
		if err == nil {
			_ = pipeline.KeepOutline(kept, results, found) // if this fails, the next check of a file takes as long
		}
	}
	if err == nil {
		_ = pipeline.KeepChecked(kept, results, paths, found) // if this fails, the problems are found again next time
	}
	return found, err
}

// checkTwice reads the content without and with its drafts, and returns the problems
// of both, and the advice on the files at or below the paths. Neither reading finds all
// of them: a link from a published page to a draft, for example, is an error only
// without drafts. There are no results if read returns none.
func (p *project) checkTwice(paths []string, read func(*project) (*pipeline.Result, error)) ([]*pipeline.Result, []problem.Problem, error) {
	result, err := read(p)
	if err != nil || result == nil {
		return nil, nil, err
	}
	results := []*pipeline.Result{result}
	if result.Library == nil {
		return results, result.Problems, nil
	}
	all := append(result.Problems, leftOut(result.Library)...)
	if !slices.ContainsFunc(result.Library.LeftOut, func(l library.LeftOut) bool { return l.Why == library.Draft || l.Why == library.Scheduled }) {
		advised, err := p.advise(result, paths)
		return results, append(all, advised...), err
	}
	withDrafts := *p
	withDrafts.drafts = true
	if result, err = read(&withDrafts); err != nil || result == nil {
		return nil, nil, err
	}
	advised, err := p.advise(result, paths)
	return append(results, result), slices.Concat(all, result.Problems, advised), err
}

// readPart reads the part of the content that the problems of some files depend on. It
// returns nil if that part cannot be told.
func (p *project) readPart(ctx context.Context, in pipeline.Input, kept *cache.Cache, paths []string) (*pipeline.Result, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	var files []string
	for _, path := range paths {
		file, ok := strings.CutPrefix(path, "content/")
		if !ok {
			return nil, nil
		}
		files = append(files, file)
	}
	builder, err := p.builder(kept)
	if err != nil {
		return nil, err
	}
	defer builder.Close()
	result, ok, err := builder.CheckPart(ctx, in, files)
	if !ok {
		return nil, err
	}
	return result, err
}

// builder returns a builder with a cache.
func (p *project) builder(kept *cache.Cache) (*pipeline.Builder, error) {
	opts, err := p.pipeline()
	opts.Cache = kept
	return pipeline.New(opts), err
}

// buildKept builds the pages, and stores in the builder's cache what the next check can
// reuse.
func buildKept(ctx context.Context, builder *pipeline.Builder, scanner *source.Scanner, today content.Date) (*pipeline.Result, error) {
	result, err := builder.BuildFolder(ctx, scanner, today)
	if err == nil {
		_ = builder.Keep(ctx) // if this fails, the next check takes as long as this one
	}
	return result, err
}

// advise returns the advice for the case studies of a build at or below the paths,
// or for all if there are no paths.
func (p *project) advise(result *pipeline.Result, paths []string) ([]problem.Problem, error) {
	if result.Library == nil {
		return nil, nil
	}
	known := advice.Abbreviations(result.Library)
	var all []problem.Problem
	for _, c := range result.Library.Cases {
		file := "content/" + c.File
		if len(paths) > 0 && !concerns(file, paths) {
			continue
		}
		lines := sourceLines(filepath.Join(p.source, filepath.FromSlash(file)))
		body, err := result.Body(c.File)
		if err != nil {
			return nil, err
		}
		if body == nil || lines == nil {
			continue // the file has been deleted since
		}
		study := advice.New(result.Library, c, body, lines, known)
		study.Faulty = slices.ContainsFunc(result.Problems, func(p problem.Problem) bool { return p.File == file && p.Severity == problem.Error })
		for _, one := range advice.Check(study) {
			one.File = file
			all = append(all, one)
		}
	}
	return result.Library.Site.Terms.InProblems(all), nil
}

func andWarnings(problems []problem.Problem) string {
	if n := problem.Count(problems, problem.Warning); n > 0 {
		return ", " + count(n, "warning")
	}
	return ""
}

// leftOut returns one advice for each file that is not published or needs a
// review, with the reason.
func leftOut(lib *library.Library) []problem.Problem {
	var all []problem.Problem
	for _, l := range lib.LeftOut {
		p := problem.Problem{File: "content/" + l.File, Severity: problem.Advice, Code: string(l.Why)}
		switch l.Why {
		case library.Draft:
			p.Message, p.Hint = "not published: it is a draft", "take the line \"draft: true\" away when it is ready"
		case library.Scheduled:
			p.Message, p.Hint = "not published yet: its published date is "+l.Note, "it is published by the first build on that day; build --date "+l.Note+" shows it now"
		case library.Withdrawn:
			p.Message = "withdrawn: " + l.Note
		case library.Overdue:
			p.Message, p.Hint = "its review was due by "+l.Note, "read it again, then set reviewed and review_by"
		case library.OtherSet:
			p.Message, p.Hint = "not published: it belongs to the set "+l.Note, "site.yaml says which principle_set is shown"
		}
		all = append(all, p)
	}
	return all
}

// below converts the paths to the form that problems use: slash-separated and
// relative to the source folder. It looks for each path in the working folder
// first, then in the source folder.
func (p *project) below(paths []string) ([]string, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	if err := p.hasContent(); err != nil {
		return nil, err
	}
	var all []string
	for _, path := range paths {
		found := path
		if _, err := os.Lstat(found); err != nil && !filepath.IsAbs(path) {
			found = filepath.Join(p.source, path)
		}
		if _, err := os.Lstat(found); err != nil {
			return nil, usageError{fmt.Errorf("there is no %s, neither here nor in %s: name a file or folder that exists", path, p.source)}
		}
		file, ok := relativeTo(p.source, found)
		if !ok || file != "." && notOurs(file) {
			return nil, usageError{fmt.Errorf("%s is outside of content/ and themes/ of %s, so it is not checked: leave it out, or name another folder with --source", path, p.source)}
		}
		all = append(all, file)
	}
	return all, nil
}

// relativeTo returns the slash-separated path of a file relative to a folder, and
// false if the file is not below the folder. Symbolic links above the folder or
// the file are followed. A link below the folder is not: check reports the link.
func relativeTo(folder, file string) (string, bool) {
	root, err := resolved(folder)
	if err != nil {
		return "", false
	}
	parent, _ := resolved(filepath.Dir(file)) // after an error it is "", which is not below root
	target, _ := resolved(file)
	for _, found := range []string{filepath.Join(parent, filepath.Base(file)), target} {
		if path, err := filepath.Rel(root, found); err == nil && filepath.IsLocal(path) {
			return filepath.ToSlash(path), true
		}
	}
	return "", false
}

// resolved returns the path as an absolute path without symbolic links.
func resolved(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(path)
}

// concerns reports whether a file is one of the paths or below one of them.
func concerns(file string, paths []string) bool {
	return slices.ContainsFunc(paths, func(path string) bool {
		return path == "." || file == path || strings.HasPrefix(file, path+"/")
	})
}
