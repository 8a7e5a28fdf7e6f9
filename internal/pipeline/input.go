package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	pathpkg "path"
	"strings"

	"casebook/internal/content"
	"casebook/internal/media"
	"casebook/internal/problem"
	"casebook/internal/site"
	"casebook/internal/source"
)

// part is one of the things that a key is made of.
type part string

// The parts of all keys of a Builder; those of what package library and package
// site keep are theirs.
const (
	fileBytes       part = "bytes of a file"
	attachmentBytes part = "bytes of an attachment"
	entries         part = "entries"
	attachmentFacts part = "attachments that there are"
	buildDate       part = "build date"
	themeFiles      part = "files of the theme"
	language        part = "language"
	pageData        part = "data of a page"
	pageText        part = "text of a page"
	pageLook        part = "templates and strings of a page"
)

// part is what a key holds of a part: all of it, or nothing when a test leaves
// it out to see that it matters.
func (b *Builder) part(p part, hash [32]byte) [32]byte {
	if p == b.leftOut {
		return [32]byte{}
	}
	return hash
}

// same reports whether a part is the same, which it is for a test that leaves it
// out.
func (b *Builder) same(p part, same bool) bool { return same || p == b.leftOut }

// hashOf hashes a list of hashes and texts.
func hashOf(parts ...[]byte) [32]byte {
	var all []byte
	for _, p := range parts {
		all = append(binary.AppendUvarint(all, uint64(len(p))), p...)
	}
	return sha256.Sum256(all)
}

// entriesKey is the hash of all entries, file by file, and of where they stand:
// problems are reported there.
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
	return [32]byte(h.Sum(nil))
}

// attachment is an image or download of the content folder, checked and
// stripped of its metadata.
type attachment struct {
	hash     [32]byte // of the file as contributed
	unread   bool     // it could not be read this time
	file     *File    // nil when it may not be published
	copies   []*File  // of shown.Copies
	shown    site.Attachment
	problems []problem.Problem
}

// attachments are those of one tree.
type attachments struct {
	files    map[string]*attachment
	outputs  map[string]*File // of files and their copies, by path below content/
	paths    map[string]bool  // of those that may be published
	shown    map[string]site.Attachment
	problems []problem.Problem
	key      [32]byte
}

// attach takes the attachments of a tree, having checked those that have changed.
func (b *Builder) attach(ctx context.Context, tree *source.Tree) (attachments, error) {
	all := attachments{files: map[string]*attachment{}, outputs: map[string]*File{}, paths: map[string]bool{}, shown: map[string]site.Attachment{}}
	var paths []string
	var changed []*source.File
	for _, f := range tree.Files() {
		path, ok := strings.CutPrefix(f.Path, contentFolder)
		if class, _ := content.Classify(path); !ok || class != content.AttachmentClass {
			continue
		}
		paths = append(paths, path)
		if a := b.attachments[path]; a == nil || a.hash != b.part(attachmentBytes, f.Hash) {
			changed = append(changed, f)
		}
	}
	if err := b.checkAttachments(ctx, changed); err != nil {
		return all, err
	}
	for _, path := range paths {
		all.files[path] = b.attachments[path]
	}
	b.attachments = all.files
	if err := b.renewPictures(); err != nil {
		return all, err
	}
	h := sha256.New()
	for _, path := range paths {
		a := all.files[path]
		all.problems = append(all.problems, a.problems...)
		if a.file != nil {
			all.paths[path] = true
			all.shown[path] = a.shown
			all.outputs[path] = a.file
			for i, c := range a.shown.Copies {
				all.outputs[c.Path] = a.copies[i]
			}
			fmt.Fprintf(h, "%q %v\n", path, a.shown)
		}
	}
	all.key = [32]byte(h.Sum(nil))
	return all, nil
}

// checkAttachments checks files until the context is done, one at a time: to
// decode a picture takes much memory. A later build need not do again what this
// one did before it was stopped.
func (b *Builder) checkAttachments(ctx context.Context, files []*source.File) error {
	if len(files) > 0 {
		b.opts.Progress(Pictures, 0, len(files))
	}
	for i, f := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		path := strings.TrimPrefix(f.Path, contentFolder)
		a, err := b.newAttachment(path, f)
		if err != nil {
			return err
		}
		if !a.unread {
			a.hash = b.part(attachmentBytes, f.Hash)
		}
		b.attachments[path] = a
		b.opts.Progress(Pictures, i+1, len(files))
	}
	return nil
}

// newAttachment checks a file, and makes the copies of a picture. The error is
// of the place where these are kept.
func (b *Builder) newAttachment(path string, f *source.File) (*attachment, error) {
	a := &attachment{}
	clean := func() (*media.Asset, error) {
		data, err := f.Data()
		if err != nil {
			return nil, err
		}
		return media.Check(path, data)
	}
	asset, err := clean()
	if err != nil {
		p := problem.Problem{File: path, Code: "unreadable", Message: err.Error(), Hint: "build again"}
		if refused := (*media.Error)(nil); errors.As(err, &refused) {
			p.Code, p.Hint = refused.Code, refused.Hint
		} else {
			a.unread = true
		}
		a.problems = []problem.Problem{p}
		return a, nil
	}
	a.shown = site.Attachment{Width: asset.Width, Height: asset.Height, Size: int64(len(asset.Data))}
	a.file = newFile(strings.TrimPrefix(site.AttachmentPath(path), "/"), asset.Data)
	a.file.data = nil
	a.file.bytes = func() ([]byte, error) {
		asset, err := clean()
		if err != nil {
			return nil, err
		}
		return asset.Data, nil
	}
	return a, b.addCopies(a, path, asset)
}

// addCopies makes the smaller copies of a picture. A copy is named by its width
// and its content, so that it may be cached for ever, and package preview can
// tell it by the 16 digits.
func (b *Builder) addCopies(a *attachment, path string, asset *media.Asset) error {
	copies, err := asset.Copies()
	if refused := (*media.Error)(nil); errors.As(err, &refused) {
		a.problems = []problem.Problem{{File: path, Severity: problem.Warning, Code: refused.Code, Message: refused.Message, Hint: refused.Hint}}
	}
	if len(copies) > 0 && b.pictures == nil {
		if b.pictures, err = newStore(); err != nil {
			return err
		}
	}
	for _, c := range copies {
		hash := sha256.Sum256(c.Data)
		name := fmt.Sprintf("%s.%d.%x.%s", strings.TrimSuffix(path, pathpkg.Ext(path)), c.Width, hash[:8], c.Extension)
		file, err := b.pictures.keep(strings.TrimPrefix(site.AttachmentPath(name), "/"), c.Data)
		if err != nil {
			return err
		}
		a.copies = append(a.copies, file)
		a.shown.Copies = append(a.shown.Copies, site.Copy{Path: name, Width: c.Width})
	}
	return nil
}

// renewPictures moves the copies of pictures to a new store when most of what is
// in theirs is of pictures that have changed or gone since. Earlier snapshots
// keep the store they are in.
func (b *Builder) renewPictures() error {
	used := int64(0)
	for _, a := range b.attachments {
		for _, c := range a.copies {
			used += c.Size
		}
	}
	if b.pictures == nil || !b.isOutdated(b.pictures, used) {
		return nil
	}
	fresh, err := newStore()
	if err != nil {
		return err
	}
	for _, a := range b.attachments {
		for i, c := range a.copies {
			data, err := c.Bytes()
			if err != nil {
				return err
			}
			moved, err := fresh.keep(c.Path, data)
			if err != nil {
				return err
			}
			a.copies[i] = moved
		}
	}
	b.pictures = fresh
	return nil
}

// treeKey is the hash of the files of a tree below a folder, and whether there
// are any.
func treeKey(tree *source.Tree, name string) (key [32]byte, found bool) {
	h := sha256.New()
	for _, f := range tree.Files() {
		if strings.HasPrefix(f.Path, name+"/") {
			found = true
			fmt.Fprintf(h, "%q %x\n", f.Path, f.Hash)
		}
	}
	return [32]byte(h.Sum(nil)), found
}

// BaseURL is the base_url that site.yaml says, "" when it says none that can be
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
