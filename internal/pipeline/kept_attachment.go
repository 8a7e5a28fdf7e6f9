package pipeline

// Attachments in the cache, kept for the next process.

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"casebook/internal/cache"
	"casebook/internal/problem"
	"casebook/internal/site"
)

// keptAttachment is a checked attachment with the bytes to publish.
type keptAttachment struct {
	Files    []keptBytes // the published file and then its smaller copies; empty when it may not be published
	Shown    site.Attachment
	Problems []problem.Problem
}

// keptBytes is a file of the site with its bytes.
type keptBytes struct {
	Path string
	Data []byte
}

// attachmentKey returns the name and the key of the cache value for an attachment.
func attachmentKey(path string, hash [32]byte) (name string, key cache.Key) {
	key = sha256.Sum256(append(hash[:], path...))
	return attachmentPrefix + hex.EncodeToString(key[:16]), key
}

const attachmentPrefix = "attachment-"

// recallAttachment reads an attachment from the cache. It reports false if the
// cache does not have it.
func (b *Builder) recallAttachment(path string, hash [32]byte) (*attachment, bool) {
	name, key := attachmentKey(path, hash)
	data, ok := b.opts.Cache.Load(name, key)
	var kept keptAttachment
	if !ok || cache.Decode(data, &kept) != nil {
		return nil, false
	}
	a := &attachment{hash: hash, shown: kept.Shown, problems: kept.Problems}
	for i, f := range kept.Files {
		file, err := b.storeFile(f.Path, f.Data)
		if err != nil {
			return nil, false // newAttachment reports the error
		}
		if i == 0 {
			a.file = file
		} else {
			a.copies = append(a.copies, file)
		}
	}
	return a, true
}

// keepAttachment saves a checked attachment in the cache. An attachment that could
// not be read is not saved, so the next process checks it again.
func (b *Builder) keepAttachment(path string, a *attachment) error {
	if b.opts.Cache == nil || a.hash == ([32]byte{}) {
		return nil
	}
	kept := keptAttachment{Shown: a.shown, Problems: a.problems}
	for _, f := range a.published() {
		data, err := f.Bytes()
		if err != nil {
			return err
		}
		kept.Files = append(kept.Files, keptBytes{f.Path, bytes.Clone(data)})
	}
	name, key := attachmentKey(path, a.hash)
	return b.opts.Cache.Save(name, key, cache.Encode(nil, &kept))
}

// retainAttachments removes from the cache the attachments that were not part of
// the last build.
func (b *Builder) retainAttachments() error {
	if !b.kept.attached {
		return nil
	}
	used := map[string]bool{}
	for path, a := range b.attachments {
		name, _ := attachmentKey(path, a.hash)
		used[name] = true
	}
	return b.opts.Cache.Retain(func(name string) bool { return !strings.HasPrefix(name, attachmentPrefix) || used[name] })
}
