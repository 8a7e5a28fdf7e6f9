// The lock that prevents two deployments at the same time.

package deploy

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// lockPath is the path of the lock at the target.
const lockPath = ".casebook-deploy.lock"

// A running deployment renews its lock every lockRenewal. A lock that has not
// been renewed for lockLife has expired, and the next deployment takes it.
const (
	lockLife    = 10 * time.Minute
	lockRenewal = time.Minute
)

// lock is the content of the lock file: which deployment is running.
type lock struct {
	ID      string    `json:"id"`
	Host    string    `json:"host"`
	Started time.Time `json:"started"`
}

// errLostLock ends a deployment whose lock another one has taken.
var errLostLock = errors.New("another deployment has taken the lock, so this one stopped: run it again")

// lock takes the lock of the target. The context that it returns ends when
// another deployment takes the lock; unlock releases the lock.
func (d *deployment) lock(ctx context.Context) (held context.Context, unlock func() error, err error) {
	host, _ := os.Hostname() // only for a message
	mine := lock{rand.Text(), host, d.opts.Now().UTC()}
	if err := d.take(ctx, mine); err != nil {
		return nil, nil, err
	}
	d.mine = mine
	held, cancel := context.WithCancelCause(ctx)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		d.renew(held, mine, cancel)
	}()
	return held, func() error {
		cancel(nil)
		<-stopped
		ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer stop()
		if now, err := d.store.lock(ctx); err != nil || now.ID != mine.ID {
			return err
		}
		return d.store.delete(ctx, lockPath)
	}, nil
}

// take writes the lock unless another deployment holds one that has not
// expired.
func (d *deployment) take(ctx context.Context, mine lock) error {
	err := d.store.writeLock(ctx, mine, ifNone)
	if gcerrors.Code(err) == gcerrors.FailedPrecondition {
		if err := d.removeOld(ctx, mine); err != nil {
			return err
		}
		err = d.store.writeLock(ctx, mine, ifNone)
	}
	if err != nil && gcerrors.Code(err) != gcerrors.FailedPrecondition {
		return err
	}
	// A host that ignores the condition keeps the later one of two locks.
	now, err := d.store.lock(ctx)
	if err == nil && now.ID != mine.ID {
		return errLostLock
	}
	return err
}

// removeOld removes the lock of another deployment if it has expired, or if the
// options say to take it.
func (d *deployment) removeOld(ctx context.Context, mine lock) error {
	now, err := d.store.lock(ctx)
	if err != nil || now.ID == mine.ID {
		return err
	}
	attributes, err := try(ctx, d.store, func() (*blob.Attributes, error) { return d.store.bucket.Attributes(ctx, lockPath) })
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if age := d.opts.Now().Sub(attributes.ModTime); age < lockLife && d.opts.Lock != TakeLock {
		return fmt.Errorf("another deployment is under way, since %s on %s: wait for its end; if it has died, wait %s or run this again with --take-lock",
			now.Started.Format(time.DateTime), now.Host, (lockLife - age).Round(time.Second))
	}
	return d.store.delete(ctx, lockPath)
}

// renew renews the lock until ctx ends, and calls cancel if the lock is lost.
func (d *deployment) renew(ctx context.Context, mine lock, cancel context.CancelCauseFunc) {
	ticker := time.NewTicker(lockRenewal)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		now, err := d.store.lock(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil && now.ID != mine.ID:
			err = errLostLock
		case err == nil:
			err = d.store.writeLock(ctx, mine, always)
		}
		if err != nil {
			cancel(err)
			return
		}
	}
}

// lock reads the lock of the target. It returns the zero lock if there is none.
func (s store) lock(ctx context.Context) (lock, error) {
	var l lock
	data, err := s.read(ctx, lockPath)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return l, nil
	}
	if err != nil {
		return l, err
	}
	_ = json.Unmarshal(data, &l) // a lock that cannot be read belongs to another deployment
	return l, nil
}

// condition says on which condition a lock is written.
type condition bool

const (
	ifNone condition = true
	always condition = false
)

func (s store) writeLock(ctx context.Context, l lock, when condition) error {
	data, err := json.Marshal(l)
	if err != nil {
		return err
	}
	return s.write(ctx, lockPath, data, &blob.WriterOptions{ContentType: "application/json", CacheControl: "no-store", IfNotExist: bool(when)})
}
