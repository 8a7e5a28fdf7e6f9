package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/search"
)

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			docs := newCorpus(1).documents(n)
			b.ResetTimer()
			for b.Loop() {
				x, files := build(b, docs)
				total := 0
				for _, data := range files {
					total += len(data)
				}
				b.ReportMetric(float64(total), "bytes")
				b.ReportMetric(float64(len(files)), "files")
				if err := x.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkUpdate measures from a changed document to files up to date.
func BenchmarkUpdate(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		c := newCorpus(1)
		docs := c.documents(n)
		x, _ := build(b, docs)
		i := 0
		update := func(b *testing.B) {
			i++
			if _, err := x.Sync(docs); err != nil {
				b.Fatal(err)
			}
			export(b, x)
		}
		b.Run(fmt.Sprint("sentence/", n), func(b *testing.B) {
			for b.Loop() {
				docs[i%n].Body = c.sentence(c.topics[i%10], 20) + ". " + docs[i%n].Body // every word moves
				update(b)
			}
		})
		b.Run(fmt.Sprint("body/", n), func(b *testing.B) {
			for b.Loop() {
				docs[i%n].Body = c.body(c.topics[i%10])
				update(b)
			}
		})
		b.Run(fmt.Sprint("add/", n), func(b *testing.B) {
			for b.Loop() {
				docs = append(docs, c.document(n+i))
				update(b)
			}
		})
		b.Run(fmt.Sprint("delete/", n), func(b *testing.B) {
			for b.Loop() {
				docs = slices.Delete(docs, n/2, n/2+1)
				update(b)
			}
		})
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCold reports what a first search fetches, in the mean over queries: bytes and files, with the core and
// uiSize for the page's own script; of that, what filter counts and ten excerpts add.
func BenchmarkCold(b *testing.B) {
	const uiSize = 4 << 10
	for _, n := range []int{1000, 10000} {
		c := newCorpus(1)
		docs := c.documents(n)
		x, files := build(b, docs)
		script := bundle(b)
		core := coreSize(b)
		random := newRandom(1)
		size := func(paths []string) (bytes float64) {
			for _, path := range paths {
				bytes += float64(len(files[search.Folder+"/"+path]))
			}
			return bytes
		}
		for words := 1; words <= 3; words++ {
			b.Run(fmt.Sprint(n, "/words=", words), func(b *testing.B) {
				var bytes, requests, counts, excerpts, most float64
				for b.Loop() {
					text := strings.Join(random.choose(longWords(random.pick(docs).Title), words), " ")
					client := newClient(b, script, files)
					answer, err := client.call("query", fmt.Sprintf(`{"text":%q,"unfinished":true,"filters":{},"limit":10,"offset":0,"counts":false}`, text))
					if err != nil {
						b.Fatal(err)
					}
					fetched := float64(core) + uiSize + size(client.fetched)
					bytes += fetched
					most = max(most, fetched)
					requests += float64(len(client.fetched) + 1)
					client.fetched = nil
					if _, err := client.call("excerpts", answer); err != nil {
						b.Fatal(err)
					}
					excerpts += size(client.fetched)
					client.fetched = nil
					if _, _, err := client.query(search.Request{Text: text}); err != nil {
						b.Fatal(err)
					}
					counts += size(client.fetched)
				}
				per := func(sum float64) float64 { return sum / float64(b.N) }
				b.ReportMetric(per(bytes), "bytes")
				b.ReportMetric(most, "bytes-at-most")
				b.ReportMetric(per(requests), "requests")
				b.ReportMetric(per(excerpts), "excerpt-bytes")
				b.ReportMetric(per(counts), "count-bytes")
			})
		}
		b.Logf("root %d", len(files[search.RootPath]))
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func longWords(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' })
	long := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return len(w) < 5 })
	if len(long) == 0 {
		return words
	}
	return long
}
