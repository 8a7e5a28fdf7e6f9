// Package outside checks whether the pages of other sites that a knowledge base
// links to still exist.
//
// It limits the load on other sites: it sends one request at a time to each host,
// HEAD before GET, and keeps answers for days. It connects to public addresses
// only, also after a redirect, so that a contribution cannot make it reach into
// the private network of the computer that it runs on.
package outside

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"casebook/internal/problem"
)

// Network says which addresses may be requested.
type Network int

const (
	Public  Network = iota // addresses on the public Internet
	Private                // also those of the local network and of the computer itself
)

// Options say how to check. The zero value of Network allows public addresses
// only, and without a File no answer is kept.
type Options struct {
	Network Network
	Own     string        // the address of the site itself, whose pages are checked elsewhere; "" if not known
	File    string        // where answers are kept; "" if they are not kept
	Now     time.Time     // required: the time from which the age of kept answers is counted
	Timeout time.Duration // of one request; 0 means 20 seconds
	Pause   time.Duration // between two requests to a host; 0 means none
}

// maxHosts is how many hosts are contacted at the same time.
const maxHosts = 8

// Report is the result of a check.
type Report struct {
	Problems []problem.Problem // one for each link, sorted
	Asked    int               // addresses that were requested
	Kept     int               // addresses whose answers were kept
	Silent   bool              // no host could be reached: probably there is no connection
	NotKept  error             // why the answers could not be kept
}

// Check requests the addresses of the links.
func Check(ctx context.Context, links []Link, opts Options) (*Report, error) {
	kept := readAnswers(opts.File, opts.Now)
	answers := map[string]answer{}
	byHost := map[string][]string{}
	if opts.Own != "" {
		links = slices.DeleteFunc(slices.Clone(links), func(l Link) bool { return strings.HasPrefix(l.Address, opts.Own) })
	}
	for _, l := range links {
		address := withoutFragment(l.Address)
		if _, known := answers[address]; known {
			continue
		}
		a, found := kept[address]
		answers[address] = a
		if !found {
			host := hostOf(address)
			byHost[host] = append(byHost[host], address)
		}
	}
	report := &Report{Kept: len(answers)}
	c := newClient(opts)
	var group sync.WaitGroup
	slots := make(chan struct{}, maxHosts)
	found := make(chan map[string]answer, len(byHost))
	for _, addresses := range byHost {
		report.Asked += len(addresses)
		group.Go(func() {
			slots <- struct{}{}
			found <- c.askAll(ctx, addresses)
			<-slots
		})
	}
	report.Kept -= report.Asked
	group.Wait()
	close(found)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	report.Silent = report.Asked > 0
	for some := range found {
		for address, a := range some {
			answers[address] = a
			report.Silent = report.Silent && a.Status == 0 && a.Failure != failedPrivate
		}
	}
	if report.Silent {
		return report, nil
	}
	for _, l := range links {
		if p, wrong := answers[withoutFragment(l.Address)].problem(l); wrong {
			report.Problems = append(report.Problems, p)
		}
	}
	report.Problems = problem.Sort(report.Problems)
	report.NotKept = writeAnswers(opts.File, kept, answers)
	return report, nil
}

// problem returns what an answer means for a link, and false if the link works
// or the answer does not say.
func (a answer) problem(l Link) (problem.Problem, bool) {
	p := problem.Problem{File: l.File, Line: l.At.Line, Column: l.At.Column, Severity: problem.Advice}
	host := hostOf(l.Address)
	switch {
	case a.Failure == failedPrivate:
		p.Code, p.Message = "outside-private", fmt.Sprintf("%s leads into a private network, where readers cannot follow", l.Address)
		p.Hint = "write an address that everybody can reach, or delete the link"
	case a.Failure == failedName:
		p.Code, p.Message = "outside-gone", fmt.Sprintf("there is no site %s", host)
		p.Hint = archived(l.Address)
	case a.Failure != "":
		p.Code, p.Message = "outside-silent", fmt.Sprintf("%s does not answer: %s", host, a.Failure)
		p.Hint = "try it in a browser; if it stays away, look for the page at another address"
	case a.Status == 404 || a.Status == 410:
		p.Code, p.Message = "outside-gone", fmt.Sprintf("there is no page at %s any more (%d)", l.Address, a.Status)
		p.Hint = archived(l.Address)
	case a.Status >= 500:
		p.Code, p.Message = "outside-silent", fmt.Sprintf("%s has a fault of its own (%d)", host, a.Status)
		p.Hint = "try it in a browser, and again some days later"
	case a.Moved != "" && a.Status < 300:
		p.Code, p.Message = "outside-moved", fmt.Sprintf("%s has moved for good", l.Address)
		p.Hint = "write " + a.Moved + fragmentOf(l.Address)
	default:
		return p, false
	}
	return p, true
}

// archived returns the hint for a page that no longer exists.
func archived(address string) string {
	return "look for it at another address of the site, or link to a copy: https://web.archive.org/web/" + address
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

func withoutFragment(address string) string {
	before, _, _ := strings.Cut(address, "#")
	return before
}

func fragmentOf(address string) string {
	if i := strings.IndexByte(address, '#'); i >= 0 {
		return address[i:]
	}
	return ""
}
