package pipeline

// Parsing the content files that have changed.

import (
	"context"
	"errors"
	"strings"

	"casebook/internal/content"
	"casebook/internal/problem"
	"casebook/internal/source"
)

// The folders in the source folder, and the settings file in content/.
const (
	contentFolder = "content/"
	themesFolder  = "themes/"
	staticFolder  = "static/" // in content/
	settingsFile  = "site.yaml"
)

// unreadable is the problem code for a file that could not be read.
const unreadable = "unreadable"

// parsedFile is a parsed content file.
type parsedFile struct {
	*content.Parsed
	hash [32]byte // hash of the file's bytes
	text *File    // the plain text of the body, if Body has none
	html *File    // the HTML of the body, if Body has none
}

// splitBody moves the text and the HTML of the body to a store. All bodies are needed to
// link the files, but their HTML only for their own pages, and their text for the search.
func (p *parsedFile) splitBody(to *store) error {
	if p.Body == nil {
		return nil
	}
	rest, text, html := p.Body.Split()
	var err, err2 error
	p.Body = rest
	p.text, err = to.hold(p.Path, []byte(text))
	p.html, err2 = to.hold(p.Path, []byte(html))
	return errors.Join(err, err2)
}

// wholeBody returns the body with its text and HTML, or nil.
func (p *parsedFile) wholeBody() (*content.Body, error) {
	if p.html == nil {
		return p.Body, nil
	}
	text, err := p.text.Bytes()
	html, err2 := p.html.Bytes()
	return p.Body.Join(string(text), string(html)), errors.Join(err, err2)
}

// parse returns all parsed content files of the input. It parses only the files that
// have changed since the last build.
func (b *Builder) parse(ctx context.Context, in Input) ([]*content.Parsed, error) {
	if in.once && b.bodies == nil {
		var err error
		if b.bodies, err = newStore(); err != nil {
			return nil, err
		}
	}
	if b.parsed == nil {
		if err := b.recallFiles(ctx); err != nil {
			return nil, err
		}
	}
	var sources []*source.File
	for _, f := range in.Tree.Files() {
		if path, ok := strings.CutPrefix(f.Path, contentFolder); ok {
			class, _ := content.Classify(path)
			if class != content.AttachmentClass && class != content.JunkClass && !strings.HasPrefix(path, staticFolder) {
				sources = append(sources, f)
			}
		}
	}
	parsed := make([]*parsedFile, len(sources))
	err := b.each(ctx, Reading, len(sources), func(i int) error {
		f := sources[i]
		path := strings.TrimPrefix(f.Path, contentFolder)
		if parsed[i] = b.parsed[path]; parsed[i] == nil || parsed[i].hash != f.Hash {
			earlier := parsed[i]
			parsed[i] = &parsedFile{Parsed: parse(path, f), hash: f.Hash}
			parsed[i].keepEntries(earlier)
			if in.once {
				f.Forget()
				return parsed[i].splitBody(b.bodies)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	files := make([]*content.Parsed, len(parsed))
	b.parsed = make(map[string]*parsedFile, len(parsed))
	for i, p := range parsed {
		files[i], b.parsed[p.Path] = p.Parsed, p
	}
	return files, nil
}

func parse(path string, f *source.File) *content.Parsed {
	data, err := f.Data()
	if err != nil {
		return &content.Parsed{Path: path, Problems: []problem.Problem{{
			File: path, Code: unreadable, Message: err.Error(), Hint: "build again",
		}}}
	}
	return content.Parse(path, data)
}

// keepEntries replaces entries with the equal ones of an earlier parse, if they are
// at the same lines, so that an edit of the body alone leaves the library's input
// unchanged.
func (p *parsedFile) keepEntries(earlier *parsedFile) {
	if earlier == nil || len(earlier.Entries) != len(p.Entries) {
		return
	}
	for i, e := range p.Entries {
		if old := earlier.Entries[i]; old.Origin().Key == e.Origin().Key && old.Origin().At == e.Origin().At {
			p.Entries[i] = old
		}
	}
}

// BaseURL returns the base_url of site.yaml, or "" if it has none or cannot be
// read.
func BaseURL(tree *source.Tree) string {
	f := tree.File(contentFolder + settingsFile)
	if f == nil {
		return ""
	}
	for _, e := range parse(settingsFile, f).Entries {
		if s, ok := e.(*content.Site); ok {
			return s.BaseURL
		}
	}
	return ""
}
