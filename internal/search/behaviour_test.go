package search_test

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"casebook/internal/search"
)

// Tests of the client when the network or the site fails, and with hostile texts.

func TestClientReloadsRootOnce(t *testing.T) {
	corpus := newCorpus(8)
	corpus.length = 6
	docs := corpus.documents(60)
	x, _ := build(t, docs)
	defer x.Close()
	c := newClient(t, bundle(t), exportInParts(t, x))
	if _, _, err := c.query(search.Request{Text: "training", Limit: 3}); err != nil {
		t.Fatal(err)
	}

	// Publish the site again: the old shards no longer exist.
	for i := range docs {
		docs[i].Title = "Zebra " + docs[i].Title
	}
	if _, err := x.Sync(context.Background(), search.Content{Documents: docs}); err != nil {
		t.Fatal(err)
	}
	c.files, c.fetched = exportInParts(t, x), nil
	got, _, err := c.query(search.Request{Text: "zebra hospital", Limit: 3})
	if err != nil || got.Total == 0 || !strings.HasPrefix(got.Hits[0].Title, "Zebra") {
		t.Fatalf("after a new publication: %+v, %v", got, err)
	}
	if n := count(c.fetched, "root.bin?fresh"); n != 1 {
		t.Errorf("the root was reloaded %d times, want once: %v", n, c.fetched)
	}

	// Break the site: the root names shards that do not exist.
	c.files = map[string][]byte{search.RootPath: c.files[search.RootPath]}
	c.fetched = nil
	if got, _, err := c.query(search.Request{Text: "volunteers exchange ministry", Limit: 3}); err == nil {
		t.Errorf("a site without shards answers %+v, want an error", got)
	}
	if n := count(c.fetched, "root.bin?fresh"); n != 1 {
		t.Errorf("the root was reloaded %d times, want once", n)
	}
}

func exportInParts(t *testing.T, x *search.Index) map[string][]byte {
	t.Helper()
	files, err := x.ExportInParts(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func count(list []string, s string) (n int) {
	for _, e := range list {
		if e == s {
			n++
		}
	}
	return n
}

func TestClientRecoversFromNetworkFailure(t *testing.T) {
	p := newParity(t)
	c := newClient(t, bundle(t), p.parts)
	c.offline = true
	for range 2 {
		if _, _, err := c.query(search.Request{Text: "training", Limit: 3}); err == nil || !strings.Contains(err.Error(), "network is down") {
			t.Errorf("error = %v, want the network's error", err)
		}
	}
	c.offline = false
	if got, _, err := c.query(search.Request{Text: "training", Limit: 3}); err != nil || got.Total == 0 {
		t.Errorf("when the network works again: %+v, %v", got, err)
	}
}

func TestClientDropsCancelledQuery(t *testing.T) {
	p := newParity(t)
	c := newClient(t, bundle(t), p.parts)
	signal, err := c.vm.RunString(`({ throwIfAborted() { throw new Error("overtaken") } })`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.call("query", `{"text":"training","filters":{},"limit":10,"offset":0}`, signal); err == nil || !strings.Contains(err.Error(), "overtaken") {
		t.Errorf("error = %v, want the signal's", err)
	}
	if got := len(c.fetched); got > 5 {
		t.Errorf("%d files were fetched for a cancelled query, want 0", got)
	}
}

func TestClientRefusesOtherFormat(t *testing.T) {
	p := newParity(t)
	raw, err := inflate(p.files[search.RootPath])
	if err != nil {
		t.Fatal(err)
	}
	raw[0]++
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write(raw)
	_ = w.Close()
	files := map[string][]byte{search.RootPath: packed.Bytes()}
	if got, _, err := newClient(t, bundle(t), files).query(search.Request{Text: "training"}); err == nil {
		t.Errorf("an unknown format answers %+v, want an error", got)
	}
}

func TestExcerpts(t *testing.T) {
	long := strings.Repeat("padding that nobody looks for. ", 40)
	docs := []search.Document{
		{ID: "a/", Title: "The <b>midwives</b>’ tale", Body: long + `Then <script>alert("x")</script> MIDWIVES trained nurses, and nurses trained midwives. ` + long},
		{ID: "b/", Title: "A midwife", Body: "What was done\nLittle\nIt was short."},
		{ID: "c/", Title: "Midwife again"},
		{ID: "d/", Title: "母婴 midwife", Body: "我们在医院培训助产士。"},
	}
	x, files := build(t, docs)
	defer x.Close()
	c := newClient(t, bundle(t), files)
	want := map[string][2]string{
		"a/": {"The <b>[midwives]</b>’ tale", `… for. Then <script>alert("x")</script> [MIDWIVES] trained nurses, and nurses trained [midwives]. padding that nobody looks for. padding that nobody looks for. padding that nobody looks for. padding that nobody looks …`},
		"b/": {"A [midwife]", "What was done · Little · It was short."},
		"c/": {"[Midwife] again", ""},
		"d/": {"母婴 [midwife]", "我们在医院培训助产士。"},
	}
	for id, got := range excerptsOf(t, c, docs, "midwives") {
		if got != want[id] {
			t.Errorf("%s: %q, want %q", id, got, want[id])
		}
	}
	if got := excerptsOf(t, c, docs, "医院")["d/"][1]; got != "我们在[医院]培训助产士。" {
		t.Errorf("excerpt of pairs is %q", got)
	}
}

// excerptsOf returns the marked title and the excerpt of each hit, by id.
func excerptsOf(t *testing.T, c *client, docs []search.Document, text string) map[string][2]string {
	t.Helper()
	results, answer, err := c.query(search.Request{Text: text, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	bodies := map[string]string{}
	for _, doc := range docs {
		bodies[doc.ID] = doc.Body
	}
	texts, err := json.Marshal(bodies)
	if err != nil {
		t.Fatal(err)
	}
	answer, err = c.call("excerpts", answer, string(texts))
	if err != nil {
		t.Fatal(err)
	}
	type piece struct {
		Text   string
		Marked bool
	}
	var excerpts []struct{ Title, Text []piece }
	if err := json.Unmarshal([]byte(answer), &excerpts); err != nil {
		t.Fatal(err)
	}
	join := func(pieces []piece) string {
		var b strings.Builder
		for _, p := range pieces {
			if p.Marked {
				p.Text = "[" + p.Text + "]"
			}
			b.WriteString(p.Text)
		}
		return b.String()
	}
	all := map[string][2]string{}
	for i, e := range excerpts {
		all[results.Hits[i].ID] = [2]string{join(e.Title), join(e.Text)}
	}
	return all
}

// TestClientFetchesTogether checks that a query requests its files in three rounds, each of which takes the latency of the
// reader's connection: the root, then terms and filters, then cards.
func TestClientFetchesTogether(t *testing.T) {
	p := newParity(t)
	random := newRandom(1)
	texts := []string{"health care midwives"} // "health care" has synonyms
	for range 4 {
		texts = append(texts, strings.Join(random.choose(distinctiveWords(random, p.docs, 4), 4), " "))
	}
	for _, text := range texts {
		c := newClient(t, bundle(t), p.parts)
		if got, _, err := c.query(search.Request{Text: text, Limit: 10}); err != nil || got.Total == 0 || c.rounds != 3 {
			t.Errorf("%q: %d rounds, want 3; error %v: %v", text, c.rounds, err, c.fetched)
		}
	}
}

// TestClientFetchesOnlyWhatItNeeds checks that a query fetches only the files that it needs.
func TestClientFetchesOnlyWhatItNeeds(t *testing.T) {
	p := newParity(t)
	c := newClient(t, bundle(t), p.parts)
	if _, err := c.call("query", `{"text":"midwives","filters":{},"limit":1,"offset":0,"counts":false}`); err != nil {
		t.Fatal(err)
	}
	// root, terms, cards
	if len(c.fetched) != 3 || !slices.Contains(c.fetched, "root.bin") {
		t.Errorf("fetched %v, want 3 files", c.fetched)
	}

	docs := newCorpus(9).documents(10)
	for i := range docs {
		docs[i].Body = docs[i].Body[:1000]
	}
	x, files := build(t, docs)
	defer x.Close()
	c = newClient(t, bundle(t), files)
	if got, _, err := c.query(search.Request{Text: docs[0].Title, Limit: 10}); err != nil || got.Total == 0 || len(c.fetched) != 1 {
		t.Errorf("a query of a small library fetches %v, want only the root (error: %v)", c.fetched, err)
	}
}
