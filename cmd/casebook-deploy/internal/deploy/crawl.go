// The check that readers get the site as it was built.

package deploy

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"casebook/internal/publish"

	"github.com/cenkalti/backoff/v5"
)

// Crawl reads every page, asset and part of the search of the site at its
// public address. It returns an error for those that a reader does not get as
// they were built.
func Crawl(ctx context.Context, address string, site []publish.File) error {
	base, err := url.Parse(strings.TrimSuffix(address, "/") + "/")
	if err != nil || base.Host == "" {
		return fmt.Errorf("%q is no address of a site: write it as https://example.org/casebook/", address)
	}
	wrong := make([]error, len(site))
	err = each(ctx, indices(site), func(ctx context.Context, i int) error {
		if stageOf(site[i].Path) != Files && site[i].Path != "404.html" {
			wrong[i] = readsBack(ctx, base, site[i])
		}
		return ctx.Err()
	})
	return errors.Join(err, first(wrong))
}

// crawlTime is how long a host may take until it serves what was uploaded.
const crawlTime = 30 * time.Second

// readsBack reads the file at its address, repeatedly for a while, because
// caches of hosts are updated with a delay.
func readsBack(ctx context.Context, base *url.URL, f publish.File) error {
	at := base.JoinPath(strings.TrimSuffix(f.Path, "index.html"))
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		return struct{}{}, readsAs(ctx, at.String(), f.Hash)
	}, backoff.WithMaxElapsedTime(crawlTime), backoff.WithMaxTries(tries))
	if err != nil {
		return fmt.Errorf("%s: %w", at, err)
	}
	return nil
}

// readsAs requests the address and compares the bytes. If the host redirects to
// another address, it only checks that the page exists.
func readsAs(ctx context.Context, address string, hash [32]byte) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return backoff.Permanent(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 400 && response.StatusCode < 500 {
		return backoff.Permanent(errors.New(response.Status)) // no cache holds a page that never existed, so it is useless to wait
	}
	if response.StatusCode != http.StatusOK {
		return errors.New(response.Status)
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, response.Body); err != nil {
		return err
	}
	if response.Request.URL.String() == address && [32]byte(sum.Sum(nil)) != hash {
		return errors.New("the host answers with other bytes than were built")
	}
	return nil
}

// first returns the first error of a list, with the number of errors.
func first(all []error) error {
	var errs []error
	for _, err := range all {
		if err != nil {
			errs = append(errs, err)
		}
	}
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("readers do not get %d of %d files: %w", len(errs), len(all), errs[0])
}
