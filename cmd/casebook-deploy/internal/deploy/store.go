// The target: requests to the storage, which are repeated after errors.

package deploy

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"casebook/internal/publish"

	"github.com/cenkalti/backoff/v5"
	"gocloud.dev/blob"
	_ "gocloud.dev/blob/azureblob" // azblob://
	_ "gocloud.dev/blob/fileblob"  // file://
	_ "gocloud.dev/blob/gcsblob"   // gs://
	_ "gocloud.dev/blob/s3blob"    // s3://
	"gocloud.dev/gcerrors"
)

// Target is where a site is deployed to.
type Target = *blob.Bucket

// Open opens the target at the address, such as "s3://bucket?region=eu-west-2".
func Open(ctx context.Context, address string) (Target, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "" {
		return nil, fmt.Errorf("%q is no target: write file:///folder, s3://bucket, gs://bucket or azblob://container", address)
	}
	if u.Scheme == "file" {
		// The folder holds only the site, and files are always replaced as a
		// whole.
		q := u.Query()
		q.Set("metadata", "skip")
		q.Set("no_tmp_dir", "true")
		q.Set("create_dir", "true")
		q.Set("dir_file_mode", "0755")
		u.RawQuery = q.Encode()
	}
	return blob.OpenBucket(ctx, u.String())
}

// store is a target whose requests are repeated after errors.
type store struct {
	bucket     Target
	retryAfter time.Duration
}

// tries is how often a request is tried.
const tries = 6

// try repeats the request until it succeeds or its error is permanent, at most
// tries times, and waits longer each time.
func try[T any](ctx context.Context, s store, request func() (T, error)) (T, error) {
	wait := backoff.NewExponentialBackOff()
	if s.retryAfter > 0 {
		wait.InitialInterval = s.retryAfter
	}
	value, err := backoff.Retry(ctx, func() (T, error) {
		value, err := request()
		switch gcerrors.Code(err) {
		case gcerrors.NotFound, gcerrors.FailedPrecondition, gcerrors.PermissionDenied, gcerrors.InvalidArgument, gcerrors.Unimplemented, gcerrors.Canceled:
			err = backoff.Permanent(err)
		}
		return value, err
	}, backoff.WithBackOff(wait), backoff.WithMaxTries(tries))
	if cause := context.Cause(ctx); err != nil && cause != nil {
		return value, cause
	}
	return value, err
}

func (s store) read(ctx context.Context, path string) ([]byte, error) {
	data, err := try(ctx, s, func() ([]byte, error) { return s.bucket.ReadAll(ctx, path) })
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return data, nil
}

func (s store) write(ctx context.Context, path string, data []byte, opts *blob.WriterOptions) error {
	sum := md5.Sum(data)
	opts.ContentMD5 = sum[:] // the host compares it with the bytes that it received
	_, err := try(ctx, s, func() (struct{}, error) { return struct{}{}, s.bucket.WriteAll(ctx, path, data, opts) })
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func (s store) upload(ctx context.Context, o object) error {
	data, err := o.file.Bytes()
	if err != nil {
		return err
	}
	return s.write(ctx, o.path(), data, &blob.WriterOptions{ContentType: o.contentType, CacheControl: o.cacheControl, ContentEncoding: string(o.encoding)})
}

// delete deletes a file. It is not an error if the file does not exist.
func (s store) delete(ctx context.Context, path string) error {
	_, err := try(ctx, s, func() (struct{}, error) { return struct{}{}, s.bucket.Delete(ctx, path) })
	if err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return fmt.Errorf("delete %s: %w", path, err)
	}
	return nil
}

// found is a file at the target.
type found struct {
	size int64
	md5  []byte // nil if the host does not provide it
}

// list returns the files at the target, by path.
func (s store) list(ctx context.Context) (map[string]found, error) {
	return try(ctx, s, func() (map[string]found, error) {
		all := map[string]found{}
		iterator := s.bucket.List(nil)
		for {
			o, err := iterator.Next(ctx)
			if errors.Is(err, io.EOF) {
				return all, nil
			}
			if err != nil {
				return nil, fmt.Errorf("list the target: %w", err)
			}
			all[strings.TrimPrefix(o.Key, "/")] = found{o.Size, o.MD5}
		}
	})
}

// differs reports whether the bytes at the target differ from those of the
// file. If the host states the same MD5 sum, the bytes at the target need not
// be read. For some encrypted files it states another sum.
func (s store) differs(ctx context.Context, f publish.File, at found) (bool, error) {
	data, err := f.Bytes()
	if err != nil {
		return false, err
	}
	if sum := md5.Sum(data); bytes.Equal(sum[:], at.md5) {
		return false, nil
	}
	read, err := s.read(ctx, f.Path)
	if err != nil {
		return false, err
	}
	return sha256.Sum256(read) != f.Hash, nil
}
