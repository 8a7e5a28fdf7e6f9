// Package outside asks other sites whether the pages that a knowledge base links
// to are still there.
//
// It is polite: one request at a time to each host, HEAD before GET, and answers
// are kept for days. It asks public addresses only, also after a redirect, so that
// a contribution cannot make it look into the network of whoever runs it.
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

// Network is which addresses may be asked.
type Network int

const (
	Public  Network = iota // addresses that everybody can reach
	Private                // also those of the own network and the own computer
)

// Options say how to ask. The zero value asks public addresses and keeps nothing.
type Options struct {
	Network Network
	Own     string        // the address of the site itself, whose pages are checked otherwise; "": not known
	File    string        // where answers are kept; "": nowhere
	Now     time.Time     // required: the time by which kept answers are old
	Timeout time.Duration // of one request; 0: 20 seconds
	Pause   time.Duration // between two requests to a host; 0: none
}

// maxHosts is how many hosts are asked at once.
const maxHosts = 8

// Report is what was found.
type Report struct {
	Problems []problem.Problem // one for each link, sorted
	Asked    int               // addresses that were asked
	Kept     int               // addresses whose answers were kept
	Silent   bool              // no host was reached at all: probably there is no connection
	NotKept  error             // why the answers could not be kept
}

// Check asks for the addresses of the links.
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

// problem is what an answer says of a link; false if it says that all is well, or
// nothing.
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

// archived is the hint for a page that is gone.
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
