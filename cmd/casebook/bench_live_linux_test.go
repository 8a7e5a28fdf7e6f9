package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"casebook/internal/corpus"
)

// BenchmarkServe measures a real "casebook serve": the time from writing a file to the
// response that shows the change, for an edit of a text, of a title, which lists show too,
// and of a template of all pages; and the time until the search index has the words of the
// edit. The promises are about "median-ms".
func BenchmarkServe(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := startBig(b, n)
			bottom, err := fs.ReadFile(defaultTheme(), "partials/bottom.html")
			if err != nil {
				b.Fatal(err)
			}
			index := ""
			for _, edit := range []struct {
				name string
				make func(mark string)
				seen func(mark string) bool
			}{
				{"body", func(mark string) { s.edit("See [another", mark+". See [another") }, s.shows},
				{"title", func(mark string) { s.edit("title: ", "title: "+mark+" ") }, s.shows},
				{"template", func(mark string) {
					s.write("themes/own/partials/bottom.html", strings.Replace(string(bottom), "</footer>", mark+"</footer>", 1))
				}, s.shows},
				{"shards", func(mark string) {
					index = s.get("search/root.bin")
					s.edit("See [another", mark+". See [another")
				}, func(string) bool { return s.get("search/root.bin") != index }},
			} {
				b.Run(edit.name, func(b *testing.B) { s.measure(b, edit.make, edit.seen) })
			}
			_ = s.cmd.Process.Kill()
			_ = s.cmd.Wait()
		})
	}
}

// BenchmarkServeMemory reports the memory of a server of 10,000 case studies after 200
// edits, and the largest memory that it had.
func BenchmarkServeMemory(b *testing.B) {
	s := startBig(b, 10_000)
	for b.Loop() {
		for i := range 200 {
			mark := fmt.Sprintf("mark%d", i)
			if i%4 == 0 {
				s.edit("title: ", "title: "+mark+" ")
			} else {
				s.edit("See [another", mark+". See [another")
			}
			s.until("shown", func() bool { return s.shows(mark) })
		}
	}
	b.ReportMetric(s.memory(b, "VmRSS"), "MB")
	b.ReportMetric(s.memory(b, "VmHWM"), "MB-peak")
	_ = s.cmd.Process.Kill()
}

// big is a server of many generated case studies.
type big struct {
	*serving
	dir, file, text string
	marks           int
}

func startBig(b *testing.B, n int) *big {
	b.Helper()
	dir := b.TempDir()
	if err := corpus.New(n).Write(dir); err != nil {
		b.Fatal(err)
	}
	s := &big{dir: dir, file: corpus.CaseFile(77)}
	s.text = read(b, filepath.Join(dir, s.file))
	write(b, filepath.Join(dir, "themes/own/strings/en.yaml"), "site.report: Tell us\n")
	write(b, filepath.Join(dir, "content/site.yaml"), read(b, filepath.Join(dir, "content/site.yaml"))+"theme: own\n")
	s.serving = startServe(b, "--source", dir)
	s.untilWithin(5*time.Minute, "published", func() bool { return exists(filepath.Join(dir, "public", "search", "root.bin")) })
	return s
}

func (s *big) write(name, text string) { write(s.t, filepath.Join(s.dir, name), text) }

// edit writes the case study with one change of its first text.
func (s *big) edit(old, new string) { s.write(s.file, strings.Replace(s.text, old, new, 1)) }

func (s *big) shows(mark string) bool { return strings.Contains(s.get("cases/case-00077/"), mark) }

// measure makes an edit again and again, each time with a different word, and waits until
// seen reports the word.
func (s *big) measure(b *testing.B, edit func(mark string), seen func(mark string) bool) {
	var took []time.Duration
	for b.Loop() {
		b.StopTimer()
		time.Sleep(2500 * time.Millisecond) // until the index and the output folder are up to date
		s.marks++
		mark := fmt.Sprintf("mark%d", s.marks)
		b.StartTimer()
		start := time.Now()
		edit(mark)
		for !seen(mark) {
			if time.Since(start) > time.Minute {
				b.Fatalf("never seen\n%s", s.serving.text())
			}
			time.Sleep(time.Millisecond)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
}

// memory reads a line of the status of the process in /proc, and returns it in MB.
func (s *big) memory(b *testing.B, line string) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	match := regexp.MustCompile(line + `:\s+(\d+) kB`).FindSubmatch(status)
	if match == nil {
		b.Fatalf("no %s in %s", line, status)
	}
	kb, err := strconv.Atoi(string(match[1]))
	if err != nil {
		b.Fatal(err)
	}
	return float64(kb) * 1024 / 1e6
}
