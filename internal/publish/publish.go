// Package publish writes a built site to its output folder. It is the only
// package that writes the site.
//
// Input: the files of the site, each with the SHA-256 of its bytes. Output: a
// folder that holds exactly these files, a marker file that names casebook, and
// the files that the folder's owner keeps in it ([Keepers]).
//
// Publish stages the new site in a hidden folder beside the output folder and
// exchanges the two in one system call. A program that reads the output by path
// sees either the old or the new site, never a mix. A file whose bytes are
// already published becomes a hard link to the published file and keeps its
// modification time. If nothing differs, Publish writes nothing. If the process
// dies or the disk is full, the output folder holds the old or the new site, and
// the next [Publish] cleans up. A repository in the output folder (.git) moves
// just before the exchange: if the process dies between the two calls, the next
// Publish moves it back.
//
// Some file systems cannot exchange two folders (those of Windows, some network
// file systems). There publishing takes two renames: the folder is missing for a
// moment and, after a crash in that moment, until the next Publish.
//
// An unchanged file keeps its mode; new files and folders have 0644 and 0755
// less the umask.
//
// Limits: Publish does not sync to disk, so that a power cut may lose or
// truncate new files (the next Publish finds and repairs them). It
// cannot publish to a mount point, which cannot be renamed. A process that has
// the output folder open, or runs in it, continues to see the old site.
package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"casebook/internal/parallel"
)

// File is one file of the site.
type File struct {
	// Path is relative to the output folder, slash-separated and portable:
	// a name that some operating system would refuse or change is an error.
	Path string
	// Hash is the SHA-256 of the bytes.
	Hash [32]byte
	// Size is the number of bytes.
	Size int64
	// Bytes returns the content. It is called only for files that must be
	// written, at most once, from several goroutines.
	Bytes func() ([]byte, error)
}

// Options say where to publish.
type Options struct {
	// Dir is the output folder, required. It is created if missing; otherwise it
	// must be one that Publish made, or be empty except for [Keepers].
	Dir string
	// Sources are the folders that the site is built from. Dir must neither be,
	// contain nor be inside one of them, since the next build would read what this
	// one wrote. They need not exist.
	Sources []string
	// Project is the folder that contributions are added to, for example by git.
	// The path to Dir must have no symbolic link below it. Empty if there is none.
	Project string
	// Spare keeps the old site for the next Publish of this process. If it is nil,
	// Publish removes the old site.
	Spare *Spare
	// Listing is what is known of the files in Dir. Publish and Holds update it. It may
	// be nil.
	Listing *Listing
	// Progress is called, from several goroutines, as often as a file is done. It may be nil.
	Progress func(stage Stage, done, total int)
}

// Stage is a part of publishing that may take long.
type Stage string

// The stages, in order.
const (
	Comparing Stage = "comparing with the output folder"
	Writing   Stage = "writing"
)

// Spare is the old site, which a process that publishes repeatedly keeps in the
// hidden folder beside the output. The next Publish turns it into the new site
// and so writes only as many files as changed. It takes little disk space, since
// unchanged files are hard links. The zero Spare is ready for use; [RemoveSpare]
// removes it.
//
// Publish uses only the folder that this process left. Anything else at its path,
// such as a symbolic link in a contributed commit, it removes and never follows.
type Spare struct {
	tree fs.FileInfo // the folder as this process left it; nil if there is none
}

// Result is what Publish changed in the output folder.
type Result struct {
	Counts
	// Added are the paths of files that only the new site has, Gone those that only
	// the old site had. Both are sorted.
	Added, Gone []string
	// Untidy is the error if the old site could not be removed from the hidden
	// folder beside the output. The next Publish removes it.
	Untidy error
}

// Counts counts files; the marker and the keepers are in none of the counts.
type Counts struct {
	// Written files are new, or their bytes on disk differed.
	Written int
	// Unchanged files had the right bytes on disk.
	Unchanged int
	// Removed files, links and special files were on disk and are not in the site.
	Removed int
}

// Publish makes opts.Dir hold exactly the given files.
//
// Builds that publish to the same folder wait for each other, until ctx ends.
// After an error the output folder still holds the old site. When ctx ends,
// Publish leaves what takes long to remove to the next Publish.
func Publish(ctx context.Context, files []File, opts Options) (Result, error) {
	tree, err := parallel.Leave(ctx, func() (*tree, error) { return newTree(files) })
	if err != nil {
		return Result{}, err
	}
	out, unlock, err := openOutput(ctx, opts)
	if err != nil {
		return Result{}, err
	}
	defer unlock()

	if err := out.settle(ctx, opts.Spare); err != nil {
		return Result{}, fmt.Errorf("clean up after an interrupted build: %w", err)
	}
	if err := out.checkOwned(); err != nil {
		return Result{}, err
	}
	found, err := out.compare(ctx, tree)
	if err != nil {
		return Result{}, err
	}
	if found.identical() {
		return found.result(tree), nil
	}
	placed, err := out.stage(ctx, tree, found, opts.Spare)
	if err != nil {
		return Result{}, errors.Join(err, out.undo(ctx))
	}
	if err := out.swap(); err != nil {
		return Result{}, errors.Join(err, out.undo(ctx))
	}
	if opts.Spare != nil {
		opts.Spare.tree = realFolder(out.next)
	} else {
		out.removeKnown(ctx, tree, found)
	}
	result := found.result(tree)
	if err := out.settle(ctx, opts.Spare); err != nil {
		result.Untidy = fmt.Errorf("the new site is published, but the old one beside it could not be removed: %w", err)
	}
	_ = out.relist(ctx, tree, placed) // without a listing, the next comparison reads the files
	return result, nil
}

// Holds reports whether opts.Dir holds exactly the given files, so that Publish
// would write nothing. It does not call Bytes.
func Holds(ctx context.Context, files []File, opts Options) (bool, error) {
	tree, err := newTree(files)
	if err != nil {
		return false, err
	}
	out, unlock, err := openOutput(ctx, opts)
	if err != nil {
		return false, err
	}
	defer unlock()
	if err := errors.Join(out.settle(ctx, opts.Spare), out.checkOwned()); err != nil {
		return false, err
	}
	found, err := out.compare(ctx, tree)
	return err == nil && found.identical(), err
}

// RemoveSpare removes what a [Spare] keeps beside opts.Dir.
func RemoveSpare(ctx context.Context, opts Options) error {
	out, unlock, err := openOutput(ctx, opts)
	if err != nil {
		return err
	}
	defer unlock()
	return out.settle(ctx, nil)
}
