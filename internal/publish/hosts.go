// The limits of known hosts.

package publish

import "fmt"

// host is a service that publishes folders of files, and its limits; 0 means no
// limit.
type host struct {
	name     string
	files    int   // in a site
	fileSize int64 // bytes of one file
	siteSize int64 // bytes of a site
}

// hosts lists the limits that a large site can meet, as the services' own
// documentation stated them at the time of hostsChecked.
func hosts() []host {
	return []host{
		{name: "Cloudflare Pages", files: 20_000, fileSize: 25 << 20},
		{name: "Azure Static Web Apps", files: 15_000},
		{name: "GitHub Pages", siteSize: 1_000_000_000},
	}
}

const hostsChecked = "November 2026"

// Outgrown returns a line for each limit of a known host that the site exceeds.
func Outgrown(files []File) []string {
	var total int64
	largest := File{}
	for _, f := range files {
		total += f.Size
		if f.Size > largest.Size {
			largest = f
		}
	}
	var lines []string
	for _, h := range hosts() {
		add := func(format string, args ...any) {
			lines = append(lines, fmt.Sprintf("%s does not take this site: %s (limit of %s)", h.name, fmt.Sprintf(format, args...), hostsChecked))
		}
		if h.files > 0 && len(files) > h.files {
			add("it has %d files; at most %d", len(files), h.files)
		}
		if h.fileSize > 0 && largest.Size > h.fileSize {
			add("%s has %s; at most %s a file", largest.Path, Megabytes(largest.Size), Megabytes(h.fileSize))
		}
		if h.siteSize > 0 && total > h.siteSize {
			add("it has %s; at most %s", Megabytes(total), Megabytes(h.siteSize))
		}
	}
	return lines
}

// Megabytes formats a size in bytes as in "0.3 MB".
func Megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }
