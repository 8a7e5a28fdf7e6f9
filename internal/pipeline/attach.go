package pipeline

// Attachments: pictures and downloads, checked and stored.

import (
	"context"
	"crypto/sha256"
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

// attachment is a picture or download of the content folder, checked and
// stripped of its metadata.
type attachment struct {
	hash     [32]byte // hash of the source file; zero when it could not be read
	file     *File    // nil when it must not be published
	copies   []*File  // smaller copies of a picture, in the order of shown.Copies
	shown    site.Attachment
	problems []problem.Problem
}

// attachments holds the attachments of one tree. The maps are keyed by path below
// content/.
type attachments struct {
	outputs  map[string]*File // files to publish, including the smaller copies of pictures
	static   []*File          // files of content/static/, published unchanged
	paths    map[string]bool  // attachments that may be published
	refused  map[string]bool  // attachments that must not be published
	shown    map[string]site.Attachment
	problems []problem.Problem
	key      [32]byte // hash of everything that pages show of the attachments
}

// attach checks the attachments of a tree that have changed, and returns all
// attachments.
func (b *Builder) attach(ctx context.Context, tree *source.Tree) (attachments, error) {
	var paths []string
	var changed []*source.File
	for _, f := range tree.Files() {
		path, ok := strings.CutPrefix(f.Path, contentFolder)
		if class, _ := content.Classify(path); !ok || class != content.AttachmentClass && !strings.HasPrefix(path, staticFolder) {
			continue
		}
		paths = append(paths, path)
		if a := b.attachments[path]; a == nil || a.hash != f.Hash {
			changed = append(changed, f)
		}
	}
	if err := b.checkAttachments(ctx, changed); err != nil {
		return attachments{}, err
	}
	present := make(map[string]*attachment, len(paths))
	for _, path := range paths {
		present[path] = b.attachments[path]
	}
	b.attachments, b.kept.attached = present, true
	if err := b.renewAttached(); err != nil {
		return attachments{}, err
	}
	return newAttachments(paths, present), nil
}

func newAttachments(paths []string, files map[string]*attachment) attachments {
	all := attachments{outputs: map[string]*File{}, paths: map[string]bool{}, refused: map[string]bool{}, shown: map[string]site.Attachment{}}
	h := sha256.New()
	for _, path := range paths {
		a := files[path]
		all.problems = append(all.problems, a.problems...)
		if strings.HasPrefix(path, staticFolder) {
			if a.file != nil {
				all.static = append(all.static, a.file)
			}
			continue
		}
		fmt.Fprintf(h, "%q %t %v\n", path, a.file != nil, a.shown)
		if a.file == nil {
			all.refused[path] = true
			continue
		}
		all.paths[path] = true
		all.shown[path] = a.shown
		all.outputs[path] = a.file
		for i, c := range a.shown.Copies {
			all.outputs[c.Path] = a.copies[i]
		}
	}
	all.key = [32]byte(h.Sum(nil))
	return all
}

// used returns the files that the pages of a site link to, at their addresses.
func (a attachments) used(s *site.Site, texts texts) []*File {
	var files []*File
	for _, path := range s.Attachments(texts.bodies, texts.links) {
		files = append(files, a.outputs[path].at(strings.TrimPrefix(s.AttachmentPath(path), "/")))
	}
	return files
}

// checkAttachments checks files one at a time, because decoding a picture takes
// much memory. It stops when the context ends; a later build does not repeat the
// finished work.
func (b *Builder) checkAttachments(ctx context.Context, files []*source.File) error {
	if len(files) > 0 {
		b.opts.Progress(Pictures, 0, len(files))
	}
	for i, f := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		path := strings.TrimPrefix(f.Path, contentFolder)
		a, ok := b.recallAttachment(path, f.Hash)
		if !ok {
			var err error
			if a, err = b.newAttachment(path, f); err != nil {
				return err
			}
			_ = b.keepAttachment(path, a) // on an error, the next process checks it again
		}
		b.attachments[path] = a
		b.opts.Progress(Pictures, i+1, len(files))
	}
	return nil
}

// newAttachment checks a file and makes the smaller copies of a picture. The error
// is that of the store; the problems of the file are in the attachment.
func (b *Builder) newAttachment(path string, f *source.File) (*attachment, error) {
	a := &attachment{hash: f.Hash}
	data, err := f.Data()
	if err != nil {
		a.hash = [32]byte{} // so that the next build reads it again
		a.problems = []problem.Problem{{File: path, Code: unreadable, Message: err.Error(), Hint: "build again"}}
		return a, nil
	}
	if name, ok := strings.CutPrefix(path, staticFolder); ok {
		if p := checkStatic(name, data); p != nil {
			p.File = path
			a.problems = []problem.Problem{*p}
			return a, nil
		}
		a.file, err = b.storeFile(name, data)
		return a, err
	}
	asset, err := media.Check(path, data)
	if refused := (*media.Error)(nil); errors.As(err, &refused) {
		a.problems = []problem.Problem{{File: path, Code: refused.Code, Message: refused.Message, Hint: refused.Hint}}
		return a, nil
	}
	if err != nil {
		return nil, fmt.Errorf("check %q: %w", path, err)
	}
	a.shown = site.Attachment{Width: asset.Width, Height: asset.Height, Size: int64(len(asset.Data))}
	if a.file, err = b.storeFile(path, asset.Data); err != nil {
		return nil, err
	}
	return a, b.addCopies(a, path, asset)
}

// storeFile stores the bytes of a file of the site that is made from an attachment.
// The site does not depend on the source file afterwards, even if it is changed or
// deleted.
func (b *Builder) storeFile(path string, data []byte) (_ *File, err error) {
	if b.attached == nil {
		if b.attached, err = newStore(); err != nil {
			return nil, err
		}
	}
	return b.attached.keep(path, data)
}

// addCopies makes the smaller copies of a picture. The name of a copy includes its
// width and 16 hexadecimal digits of the hash of its content, so that browsers can
// cache it permanently. Package preview recognises such names.
func (b *Builder) addCopies(a *attachment, path string, asset *media.Asset) error {
	copies, err := asset.Copies()
	if refused := (*media.Error)(nil); errors.As(err, &refused) {
		a.problems = []problem.Problem{{File: path, Severity: problem.Warning, Code: refused.Code, Message: refused.Message, Hint: refused.Hint}}
	}
	for _, c := range copies {
		hash := sha256.Sum256(c.Data)
		name := fmt.Sprintf("%s.%d.%x.%s", strings.TrimSuffix(path, pathpkg.Ext(path)), c.Width, hash[:8], c.Extension)
		file, err := b.storeFile(name, c.Data)
		if err != nil {
			return err
		}
		a.copies = append(a.copies, file)
		a.shown.Copies = append(a.shown.Copies, site.Copy{Path: name, Width: c.Width})
	}
	return nil
}

// renewAttached moves the attachments to a new store when most of the current one
// is outdated. Earlier snapshots keep using their store.
func (b *Builder) renewAttached() (err error) {
	used := int64(0)
	for _, a := range b.attachments {
		for _, f := range a.published() {
			used += f.Size
		}
	}
	if b.attached == nil || !b.attached.outdated(used, b.slack) {
		return nil
	}
	fresh, err := newStore()
	if err != nil {
		return err
	}
	for _, a := range b.attachments {
		if a.file == nil {
			continue
		}
		if a.file, err = a.file.moved(fresh); err != nil {
			return err
		}
		for i, c := range a.copies {
			if a.copies[i], err = c.moved(fresh); err != nil {
				return err
			}
		}
	}
	b.attached = fresh
	return nil
}

// published returns the files to publish: the attachment and its copies, or nil.
func (a *attachment) published() []*File {
	if a.file == nil {
		return nil
	}
	return append([]*File{a.file}, a.copies...)
}
