package search_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"casebook/internal/assets"
	"casebook/internal/search"
	"casebook/themes"
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

// BenchmarkUpdate measures the time from a change of a document until the exported files are up to date.
func BenchmarkUpdate(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		c := newCorpus(1)
		docs := c.documents(n)
		x, _ := build(b, docs)
		i := 0
		update := func(b *testing.B) {
			i++
			if _, err := x.Sync(context.Background(), search.Content{Documents: docs}); err != nil {
				b.Fatal(err)
			}
			export(b, x)
		}
		b.Run(fmt.Sprint("sentence/", n), func(b *testing.B) {
			for b.Loop() {
				docs[i%n].Body = c.sentence(c.topics[i%10], 20) + ". " + docs[i%n].Body // changes the position of each word
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

// BenchmarkCold reports the requests and bytes of the first search of one, two or three distinctive words, the script included,
// until results appear, and the bytes that the counts of all filters add. The page shows the first two results before it
// asks for the others, so only their cards count. Each iteration is one query. It produces the table in doc.go:
//
//	go test ./internal/search -run '^$' -bench Cold -benchtime 100x
func BenchmarkCold(b *testing.B) {
	script := bundle(b)
	size := scriptSize(b)
	for _, n := range []int{30, 1000, 10000} {
		docs := newCorpus(1).documents(n)
		x, files := build(b, docs)
		fetched := func(c *client) (bytes float64) {
			for _, path := range c.fetched {
				bytes += float64(len(files[search.Folder+"/"+path]))
			}
			return bytes
		}
		for words := 1; words <= 3; words++ {
			b.Run(fmt.Sprint(n, "/words=", words), func(b *testing.B) {
				random := newRandom(uint64(words))
				var bytes, counts, requests []float64
				for b.Loop() {
					text := strings.Join(random.choose(distinctiveWords(random, docs, words), words), " ")
					client := newClient(b, script, files)
					if _, err := client.call("query", fmt.Sprintf(`{"text":%q,"unfinished":false,"filters":{},"limit":2,"offset":0,"counts":false}`, text)); err != nil {
						b.Fatal(err)
					}
					bytes = append(bytes, float64(size)+fetched(client))
					requests = append(requests, float64(1+len(client.fetched))) // the script
					client.fetched = nil
					if _, _, err := client.query(search.Request{Text: text}); err != nil {
						b.Fatal(err)
					}
					counts = append(counts, fetched(client))
				}
				report(b, requests, "requests")
				report(b, bytes, "bytes")
				b.ReportMetric(slices.Max(counts), "max-count-bytes")
				b.ReportMetric(float64(len(files)), "files")
				b.ReportMetric(float64(len(files[search.RootPath])), "root-bytes")
			})
		}
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// scriptSize returns the compressed size of the default theme's script on the search page.
func scriptSize(b *testing.B) int {
	theme, err := fs.Sub(themes.FS, "default")
	if err != nil {
		b.Fatal(err)
	}
	out, problems, err := assets.Build(assets.Options{
		FS: theme, Entries: []string{"assets/search.ts"},
		Modules: map[string]fs.FS{search.ClientModule: search.ClientFS()},
	})
	if err != nil || len(problems) > 0 {
		b.Fatalf("bundle: %v, %v", problems, err)
	}
	return compressedSize(b, out.Outputs["assets/search.ts"].Data)
}

// BenchmarkWarm reports the milliseconds that a query takes in a real browser whose cache holds the shards that it needs:
// for queries of one to three words as a reader types them, and for those of the parity test with all their counts.
func BenchmarkWarm(b *testing.B) {
	const queries = 200
	for _, n := range []int{1000, 10000} {
		docs := newCorpus(1).documents(n)
		x, files := build(b, docs)
		tab := openBrowser(b, serveClient(b, files))
		time := func(name string, next func(i int) map[string]any) {
			b.Run(fmt.Sprint(n, "/", name), func(b *testing.B) {
				var taken []float64
				for b.Loop() {
					var requests []map[string]any
					for i := range queries {
						requests = append(requests, next(i))
					}
					text, err := json.Marshal(requests)
					if err != nil {
						b.Fatal(err)
					}
					times, err := chromedp.Run(tab, chromedp.Evaluate[[]float64](fmt.Sprintf("timed(%s, 3)", text), chromedp.EvalAwaitPromise))
					if err != nil {
						b.Fatal(err)
					}
					taken = append(taken, times...)
				}
				report(b, taken, "ms")
			})
		}
		random := newRandom(1)
		time("typed", func(i int) map[string]any {
			r := random.request(strings.Join(random.choose(distinctiveWords(random, docs, 1+i%3), 1+i%3), " "))
			r.Typing = search.Unfinished
			return asJSON(r, false)
		})
		time("all", func(i int) map[string]any {
			classes := queryClasses()
			return asJSON(classes[i%len(classes)].make(random, &parity{docs: docs, synonyms: newCorpus(1).synonyms()}), true)
		})
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// report reports the mean and some percentiles of values.
func report(b *testing.B, values []float64, unit string) {
	slices.Sort(values)
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	b.ReportMetric(sum/float64(len(values)), "mean-"+unit)
	for _, percent := range []int{50, 90, 95, 100} {
		b.ReportMetric(values[(len(values)*percent+99)/100-1], fmt.Sprintf("p%d-%s", percent, unit))
	}
}

// distinctiveWords returns the words of at least five letters of a random title that has no fewer than least of them.
func distinctiveWords(random random, docs []search.Document, least int) []string {
	for {
		words := strings.FieldsFunc(random.pick(docs).Title, func(r rune) bool { return r == ' ' || r == ',' })
		slices.Sort(words)
		words = slices.DeleteFunc(slices.Compact(words), func(w string) bool { return len(w) < 5 })
		if len(words) >= least {
			return words
		}
	}
}
