// The manifest: what is known of the files at the target.

package deploy

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// manifestPath is the path of the manifest at the target.
const manifestPath = ".casebook-deploy.json"

// manifest lists the files of the site at a target. It names every file that a
// deployment, even one that was killed, may have written, and no others: files
// of other origin are never deleted.
type manifest struct {
	Version int              `json:"version"`
	Files   map[string]entry `json:"files"` // by path
}

const manifestVersion = 1

// entry is what is known about a file at the target.
type entry struct {
	ID     string    `json:"id,omitempty"` // of its bytes and headers; empty if an upload may have stopped halfway
	Size   int64     `json:"size,omitempty"`
	Unused time.Time `json:"unused,omitzero"` // since when the site does not use the file
}

// manifest reads the manifest of the target. If there is none, or it cannot be
// read, nothing is known about the target, so that everything is uploaded.
func (s store) manifest(ctx context.Context) (*manifest, error) {
	none := &manifest{Version: manifestVersion, Files: map[string]entry{}}
	data, err := s.read(ctx, manifestPath)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return none, nil
	}
	if err != nil {
		return nil, err
	}
	m := &manifest{}
	if err := json.Unmarshal(data, m); err != nil || m.Version == 0 || m.Files == nil {
		return none, nil
	}
	if m.Version > manifestVersion {
		return nil, fmt.Errorf("a newer version of casebook-deploy has written %s at the target: use that version", manifestPath)
	}
	return m, nil
}

// save writes the manifest if this deployment still has the lock.
func (d *deployment) save(ctx context.Context) error {
	now, err := d.store.lock(ctx)
	if err != nil {
		return err
	}
	if now.ID != d.mine.ID {
		return errLostLock
	}
	data, err := json.Marshal(d.manifest)
	if err != nil {
		return err
	}
	return d.store.write(ctx, manifestPath, data, &blob.WriterOptions{ContentType: "application/json", CacheControl: "no-store"})
}
