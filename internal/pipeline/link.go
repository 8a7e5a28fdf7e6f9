package pipeline

// Linking the content entries to each other, and the links in their texts.

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
	"casebook/internal/site"
)

// libraryKey is everything that the library and the site depend on.
type libraryKey struct {
	entries, attachments [32]byte
	today                content.Date
}

// linked is the library and the site with their problems.
type linked struct {
	library  *library.Library
	site     *site.Site
	problems []problem.Problem
}

// link links the entries to each other and decides on the pages.
func (b *Builder) link(files []*content.Parsed, attached attachments, today content.Date) linked {
	key := libraryKey{entriesKey(files), attached.key, today}
	return b.library.do(key, func() linked {
		b.opts.Progress(Linking, 0, 0)
		lib, problems := library.New(files, library.Options{Drafts: b.opts.Drafts, Today: today, Attachments: attached.paths, Refused: attached.refused})
		if lib == nil {
			return linked{problems: problems}
		}
		s, collisions := site.New(lib, site.Options{BaseURL: b.opts.BaseURL, Attachments: attached.shown})
		return linked{lib, s, append(problems, collisions...)}
	})
}

// entriesKey returns the hash of all entries, file by file. It includes the line of
// each entry, because problems are reported at it, and the paths of the files that
// the library treats as faulty.
func entriesKey(files []*content.Parsed) [32]byte {
	h := sha256.New()
	var b []byte
	for _, f := range files {
		b = append(binary.AppendUvarint(b[:0], uint64(len(f.Path))), f.Path...)
		b = binary.AppendUvarint(b, uint64(len(f.Entries)))
		for _, e := range f.Entries {
			origin := e.Origin()
			b = append(binary.AppendUvarint(b, uint64(origin.At.Line)), origin.Key[:]...)
		}
		h.Write(b)
	}
	for _, f := range library.Faulty(files) {
		fmt.Fprintf(h, "%q", f.Path)
	}
	for _, f := range files {
		fmt.Fprintf(h, "%q", f.Unread)
	}
	return [32]byte(h.Sum(nil))
}

// texts holds the bodies of all files and the targets of their links.
type texts struct {
	bodies map[string]*content.Body // by path below content/
	parsed map[string]*parsedFile   // also by path: the files, which know where the text and HTML of their bodies are
	plain  map[string]*File         // also by path: the texts of bodies, if a store holds them
	links  library.Links
}

// plainText returns the text of a body without its markup, or "" if there is no such
// file.
func (t texts) plainText(file string) (string, error) {
	if f := t.plain[file]; f != nil {
		data, err := f.Bytes()
		return string(data), err
	}
	if body := t.bodies[file]; body != nil {
		return body.Text, nil
	}
	return "", nil
}

// resolve collects the bodies and finds the targets of their links. There is no
// library when there is no usable site.yaml.
func resolve(files []*content.Parsed, linked linked) (texts, []problem.Problem) {
	t := texts{bodies: make(map[string]*content.Body, len(files))}
	for _, f := range files {
		if f.Body != nil {
			t.bodies[f.Path] = f.Body
		}
	}
	if linked.library == nil {
		return t, nil
	}
	var dead []problem.Problem
	t.links, dead = linked.library.ResolveLinks(files)
	return t, append(dead, linked.site.DeadAddresses(t.bodies, t.links)...)
}
