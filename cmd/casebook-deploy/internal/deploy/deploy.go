// Package deploy uploads a built site to the storage of a web host. A reader never
// sees a page without its assets, even if the deployment stops halfway.
//
// The order of the uploads, and the reason:
//
//  1. Files with a hash of their content in their name: assets, and the parts of
//     the search. They replace nothing, so that no page changes.
//  2. Other files, such as pictures and data.
//  3. Pages. The files that they need exist by now.
//  4. The home page and the files that every search begins with.
//  5. Files that the site no longer has are deleted. Those with a hash in their
//     name are deleted only after [Options.Keep], because readers may have pages
//     open that still need them.
//
// A file at the target, the [manifest], lists what is there, so that only changes
// are uploaded. A [lock] prevents two deployments at the same time.
package deploy

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"casebook/internal/publish"

	"golang.org/x/sync/errgroup"
)

// Options say how to deploy.
type Options struct {
	Keep     time.Duration // how long assets of earlier builds are kept
	Force    Force
	Lock     Lock
	Dry      Dry
	Encoding Encoding
	Now      func() time.Time                     // required
	Progress func(stage Stage, done, total int64) // of bytes; may be nil. Called from several goroutines.

	retryAfter time.Duration // the wait before the second try; zero means half a second
}

// Force says whether more than half of the site may be deleted.
type Force bool

// Lock says whether to wait for a lock that another deployment left.
type Lock string

const (
	HeedLock Lock = ""
	TakeLock Lock = "take" // the other deployment is known to have stopped
)

// Dry says whether only to plan the deployment.
type Dry bool

// Stage is a step of a deployment.
type Stage string

const (
	Assets    Stage = "assets" // files with a hash of their content in their name
	Files     Stage = "files"
	Pages     Stage = "pages"
	Home      Stage = "home page"
	List      Stage = "list for offline reading"
	Deletions Stage = "deletions"
)

// stages are the stages that upload, in order.
var stages = [...]Stage{Assets, Files, Pages, Home, List}

// stageOf returns the stage in which the file at the path is uploaded.
func stageOf(path string) Stage {
	switch name, inSearch := strings.CutPrefix(path, "search/"); {
	case path == "index.html" || path == "search/root.bin" || path == "search/suggest.bin":
		return Home
	case path == "sw.json": // browsers fetch what it lists, the home page too
		return List
	case strings.HasPrefix(path, "assets/") || inSearch && strings.HasSuffix(name, ".bin"):
		return Assets
	case strings.HasSuffix(path, ".html"):
		return Pages
	}
	return Files
}

// Result is what a deployment did or, if it was dry, would do.
type Result struct {
	Uploaded, Unchanged, Deleted int
	Kept                         int   // assets of earlier builds
	Bytes                        int64 // uploaded
}

// batch is the number of files after which the manifest is written again. After
// a deployment that was killed, at most this many uploads are repeated.
const batch = 500

// atOnce is how many requests are sent at the same time.
const atOnce = 16

// Deploy makes the target hold the files of the site. After an error it can be
// called again, and continues where it stopped.
func Deploy(ctx context.Context, target Target, site []publish.File, opts Options) (result Result, err error) {
	d := &deployment{store: store{target, opts.retryAfter}, opts: opts}
	if d.site, err = newObjects(ctx, site, opts.Encoding); err != nil {
		return Result{}, err
	}
	if opts.Dry {
		if err := d.prepare(ctx); err != nil {
			return Result{}, err
		}
		return d.plan.result(), nil
	}
	ctx, unlock, err := d.lock(ctx)
	if err != nil {
		return Result{}, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if err := d.prepare(ctx); err != nil {
		return Result{}, err
	}
	if err := d.upload(ctx); err != nil {
		return Result{}, err
	}
	if err := d.delete(ctx); err != nil {
		return Result{}, err
	}
	return d.plan.result(), d.verify(ctx)
}

// deployment is the state of one call of Deploy.
type deployment struct {
	store store
	site  []object
	opts  Options

	mine     lock
	manifest *manifest
	plan     plan
}

// prepare reads what is at the target, and plans what to do.
func (d *deployment) prepare(ctx context.Context) (err error) {
	if d.manifest, err = d.store.manifest(ctx); err != nil {
		return err
	}
	there, err := d.store.list(ctx)
	if err != nil {
		return err
	}
	d.plan = newPlan(d.site, d.manifest, there, d.opts.Now().Add(-d.opts.Keep))
	if d.plan.deletesMost() && !bool(d.opts.Force) {
		return fmt.Errorf("%d of the %d files there would be deleted: if this is the right site for this target, run it again with --force", len(d.plan.gone), d.plan.known)
	}
	return nil
}

// upload uploads the files that differ. It first removes them from the
// manifest, so that the manifest never lists bytes that the target may not
// hold.
func (d *deployment) upload(ctx context.Context) error {
	for _, o := range d.plan.unchanged {
		d.manifest.Files[o.path()] = o.entry()
	}
	for _, stage := range stages {
		for _, o := range d.plan.uploads[stage] {
			d.manifest.Files[o.path()] = entry{}
		}
	}
	if err := d.save(ctx); err != nil {
		return err
	}
	for _, stage := range stages {
		if err := d.uploadStage(ctx, stage, d.plan.uploads[stage]); err != nil {
			return err
		}
	}
	return nil
}

func (d *deployment) uploadStage(ctx context.Context, stage Stage, objects []object) error {
	var done atomic.Int64
	total := size(objects)
	for len(objects) > 0 {
		now := objects[:min(batch, len(objects))]
		objects = objects[len(now):]
		err := each(ctx, now, func(ctx context.Context, o object) error {
			if err := d.store.upload(ctx, o); err != nil {
				return err
			}
			d.progress(stage, done.Add(o.file.Size), total)
			return nil
		})
		if err != nil {
			return err
		}
		for _, o := range now {
			d.manifest.Files[o.path()] = o.entry()
		}
		if err := d.save(ctx); err != nil {
			return err
		}
	}
	return nil
}

// delete deletes the files that are gone or outdated, and records since when
// the other unused files are unused.
func (d *deployment) delete(ctx context.Context) error {
	deletions := append(d.plan.gone, d.plan.outdated...)
	var done atomic.Int64
	err := each(ctx, deletions, func(ctx context.Context, path string) error {
		if err := d.store.delete(ctx, path); err != nil {
			return err
		}
		d.progress(Deletions, done.Add(1), int64(len(deletions)))
		return nil
	})
	if err != nil {
		return err
	}
	for _, path := range deletions {
		delete(d.manifest.Files, path)
	}
	for _, path := range d.plan.kept {
		e := d.manifest.Files[path]
		if e.Unused.IsZero() {
			e.Unused = d.opts.Now().UTC()
		}
		d.manifest.Files[path] = e
	}
	return d.save(ctx)
}

// verify compares the files at the target with the site. The next deployment
// uploads files that differ.
func (d *deployment) verify(ctx context.Context) error {
	there, err := d.store.list(ctx)
	if err != nil {
		return err
	}
	uploaded := map[string]bool{}
	for _, objects := range d.plan.uploads {
		for _, o := range objects {
			uploaded[o.path()] = true
		}
	}
	differs := make([]bool, len(d.site))
	err = each(ctx, indices(d.site), func(ctx context.Context, i int) (err error) {
		f := d.site[i].file
		found, ok := there[f.Path]
		switch {
		case !ok || found.size != f.Size:
			differs[i] = true
		case uploaded[f.Path]:
			differs[i], err = d.store.differs(ctx, f, found)
		}
		return err
	})
	if err != nil {
		return err
	}
	var wrong []string
	for i, o := range d.site {
		if differs[i] {
			wrong = append(wrong, o.path())
			d.manifest.Files[o.path()] = entry{}
		}
	}
	if wrong == nil {
		return nil
	}
	return errors.Join(fmt.Errorf("%d files at the target are not those of the site, the first is %s: does another program write there? Run this again", len(wrong), wrong[0]), d.save(ctx))
}

func (d *deployment) progress(stage Stage, done, total int64) {
	if d.opts.Progress != nil {
		d.opts.Progress(stage, done, total)
	}
}

// String returns the result in the form "uploaded 3 (0.1 MB), unchanged 40,
// deleted 0, kept of earlier builds 2".
func (r Result) String() string {
	return fmt.Sprintf("uploaded %d (%s), unchanged %d, deleted %d, kept of earlier builds %d",
		r.Uploaded, publish.Megabytes(r.Bytes), r.Unchanged, r.Deleted, r.Kept)
}

// each calls work for all items, several at once, until one fails.
func each[T any](ctx context.Context, items []T, work func(ctx context.Context, item T) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for _, item := range items {
		group.Go(func() error {
			if err := context.Cause(ctx); err != nil {
				return err
			}
			return work(ctx, item)
		})
	}
	return group.Wait()
}

func indices[T any](items []T) []int {
	all := make([]int, len(items))
	for i := range all {
		all[i] = i
	}
	return all
}
