package pipeline

// Checking single files: only the part of the content is read that their problems
// depend on.

import (
	"context"
	"maps"
	"slices"
	"strings"

	"casebook/internal/cache"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/parallel"
	"casebook/internal/problem"
	"casebook/internal/source"
)

// The limits of a part. Beyond them, all content is read.
const (
	maxChanged = 32  // case studies that have changed since the outline was made
	maxPart    = 400 // case studies of a part
)

// CheckPart is like Read, for the problems of some Markdown files below content/ only. It
// reads the part of the content that they depend on, by what KeepOutline has saved of an
// earlier state. ok is false if the part cannot be told.
//
// The library of the result is that of the part. Its problems of other files than those
// asked for mean nothing.
func (b *Builder) CheckPart(ctx context.Context, in Input, files []string) (result *Result, ok bool, err error) {
	var o outline
	if _, data, found := b.opts.Cache.Newest(outlineName); !found || cache.Decode(data, &o) != nil || o.Themes != hashOfThemes(in.Tree) {
		return nil, false, nil
	}
	p := part{outline: &o, known: o.byPath(), tree: in.Tree, wanted: map[string]bool{}, changed: map[string]bool{}}
	if !p.compare(files) {
		return nil, false, nil
	}
	b.parsed = map[string]*parsedFile{}
	for _, path := range files {
		f := in.Tree.File(contentFolder + path)
		if f == nil || !strings.HasSuffix(path, ".md") || strings.HasPrefix(path, staticFolder) {
			return nil, false, nil
		}
		b.parsed[path] = &parsedFile{Parsed: parse(path, f), hash: f.Hash}
		if !p.include(b.parsed[path].Parsed) {
			return nil, false, nil
		}
	}
	result, err = parallel.Leave(ctx, func() (*Result, error) {
		result, _, err := b.read(ctx, Input{Tree: in.Tree.Only(p.has), Today: in.Today})
		return result, err
	})
	if err != nil || result.Library == nil {
		return nil, false, err
	}
	result.key = in.key()
	for _, path := range files {
		if !p.settles(in.Tree.File(contentFolder+path), result) {
			return nil, false, nil
		}
	}
	return result, true, nil
}

// part is a part of the content while it is collected.
type part struct {
	outline *outline
	known   map[string]*outlined // by path below content/
	tree    *source.Tree
	wanted  map[string]bool // files of the part, by path below content/
	changed map[string]bool // case studies that are not as in the outline, by path below content/
	cases   int             // number of wanted case studies
}

// compare adds all files other than case studies, and the case studies that have changed
// or are faulty. It returns false if too many have changed, or if a file has on which
// the problems of all case studies depend.
func (p *part) compare(asked []string) bool {
	gone := maps.Clone(p.known)
	for _, f := range p.tree.Files() {
		path, ok := strings.CutPrefix(f.Path, contentFolder)
		class, _ := content.Classify(path)
		if !ok || class == content.AttachmentClass || class == content.JunkClass || strings.HasPrefix(path, staticFolder) {
			continue
		}
		old := gone[path]
		delete(gone, path)
		isSame := old != nil && old.Hash == f.Hash
		switch {
		case class != content.CaseClass:
			if !isSame && !slices.Contains(asked, path) {
				return false
			}
			p.wanted[path] = true
		case !isSame:
			p.changed[path] = true
			p.want(path)
		case old.Faulty:
			p.want(path)
		}
	}
	for path := range gone {
		if class, _ := content.Classify(path); class != content.CaseClass {
			return false
		}
		p.changed[path] = true
	}
	return len(p.changed) <= maxChanged && p.cases <= maxPart
}

func (p *part) want(path string) {
	if !p.wanted[path] {
		p.wanted[path] = true
		p.cases++
	}
}

// has reports whether the part has a file.
func (p *part) has(f *source.File) bool {
	path, ok := strings.CutPrefix(f.Path, contentFolder)
	return ok && p.wanted[path]
}

// include adds the files that the problems of a file depend on. It returns false if
// there are too many.
func (p *part) include(f *content.Parsed) bool {
	p.want(f.Path)
	for _, target := range library.LinkedFiles(f) {
		p.want(target) // it may not exist
	}
	for _, name := range library.MentionsOf(f).Sought {
		var spellings []uint32
		p.outline.Mentions.each(name, func(spelling uint32, number int) {
			c := &p.outline.Cases[number]
			switch {
			case p.changed[c.Path]: // its mentions are no longer those of the outline
			case spelling == 0, c.Hidden:
				p.want(c.Path)
			case !c.Faulty && !slices.Contains(spellings, spelling):
				spellings = append(spellings, spelling)
				p.want(c.Path)
			}
		})
	}
	return p.cases <= maxPart && p.ownsAddresses(f)
}

// ownsAddresses reports whether no other page has an address of the file's aliases. It
// reports false for addresses with a dot, which may be those of files or folders.
func (p *part) ownsAddresses(f *content.Parsed) bool {
	for _, alias := range aliasesOf(f) {
		isTaken := strings.Contains(alias.Text, ".")
		p.outline.Addresses.each(addressName(alias.Text), func(_ uint32, number int) {
			isTaken = isTaken || number < 0 || p.outline.Cases[number].Path != f.Path
		})
		if isTaken {
			return false
		}
	}
	return true
}

func aliasesOf(f *content.Parsed) (all []content.Ref) {
	for _, e := range f.Entries {
		switch e := e.(type) {
		case *content.CaseStudy:
			all = append(all, e.Aliases...)
		case *content.Resource:
			all = append(all, e.Aliases...)
		case *content.Page:
			all = append(all, e.Aliases...)
		case *content.Principle:
			all = append(all, e.Aliases...)
			for _, h := range e.Hallmarks {
				all = append(all, h.Aliases...)
			}
		}
	}
	return all
}

// settles reports whether the problems of a file in the result of the part are those that
// the result of all content has.
func (p *part) settles(f *source.File, result *Result) bool {
	failed := false
	for _, one := range result.Problems {
		if one.File != f.Path {
			continue
		}
		if slices.Contains(wideCodes, one.Code) {
			return false
		}
		failed = failed || one.Severity == problem.Error
	}
	return failed || p.isLight(f)
}

// wideCodes are the codes of problems whose hints are chosen among the names of all
// files, or which a page outside of the part may resolve.
var wideCodes = []string{"dead-link", "dead-image", "unknown-case-study", "own-address", "preview-link", "url-collision", unreadable}

// isLight reports whether the page of a file is certainly within its budget: the file has
// not grown by as much as its page had left.
func (p *part) isLight(f *source.File) bool {
	var old *size
	if known := p.known[strings.TrimPrefix(f.Path, contentFolder)]; known != nil {
		old = known.Size
	}
	data, err := f.Data()
	if err != nil || old == nil {
		return false
	}
	const (
		markup    = 64  // around what the file says
		perItem   = 96  // for the label and the address of a tag
		perChange = 256 // for another case study in the lists of the page
	)
	now := sizeOf(data)
	others := len(p.changed)
	if p.changed[strings.TrimPrefix(f.Path, contentFolder)] {
		others--
	}
	return markup+max(0, now.Text-old.Text)*5/4+perItem*max(0, now.Items-old.Items)+perChange*others <= old.Room
}
