package search_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"casebook/internal/search"
)

// A corpus generates documents that resemble case studies: words distributed by Zipf's law, some of them particular to a
// topic, names of people and places, accents, and sometimes another script. The same seed gives the same documents.
type corpus struct {
	random *rand.Rand
	common []string // most frequent first
	topics [][]string
	names  []string
	length int // of most bodies, in sentences
}

func newCorpus(seed uint64) *corpus {
	c := &corpus{random: rand.New(rand.NewPCG(seed, 1)), length: 48}
	english := strings.Fields(`the of and to in a for with on is was that by as from at be it are were this an which
		health care hospital training partnership staff project patients community nurses volunteers team local support
		programme clinical work ministry district midwives children learning skills quality service medical visits
		equipment mothers babies women delivery safety governance funding evaluation data mentoring exchange university
		workshop sustainable leadership emergency surgery mental primary trust national college students doctors`)
	c.common = append(english, c.invent(20000)...)
	for range 60 {
		c.topics = append(c.topics, c.invent(60))
	}
	for range 3000 {
		c.names = append(c.names, strings.ToUpper(c.syllables(1)[:1])+c.syllables(1+c.random.IntN(3)))
	}
	c.names = append(c.names, "Kampala", "Lilongwe", "Yaoundé", "São Tomé", "N'Djamena", "Łódź", "Zürich", "O’Brien", "Müller")
	return c
}

// invent returns invented words with English endings, so that stemming changes them.
func (c *corpus) invent(n int) []string {
	endings := strings.Split(",,,,,s,ed,ing,ation,ity,al,ly,er,ment,ness,ive,ous,ful,ize,able,é", ",")
	words := make([]string, n)
	for i := range words {
		words[i] = c.syllables(1+c.random.IntN(3)) + endings[c.random.IntN(len(endings))]
	}
	return words
}

var (
	onsets = strings.Split("b,c,d,f,g,h,j,l,m,n,p,r,s,t,v,w,br,ch,cl,cr,dr,fl,gr,pl,pr,sh,st,th,tr", ",")
	vowels = strings.Split("a,e,i,o,u,ai,ea,io,ou", ",")
	codas  = strings.Split(",,,n,r,l,s,t,m,nd,nt,rt,st,ck", ",")
)

func (c *corpus) syllables(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(onsets[c.random.IntN(len(onsets))] + vowels[c.random.IntN(len(vowels))] + codas[c.random.IntN(len(codas))])
	}
	return b.String()
}

// synonyms returns groups of phrases of frequent words.
func (c *corpus) synonyms() [][]string {
	return [][]string{
		{"health care", "training", "clinical work of nurses"},
		{"staff and patients", "community"},
		{"brain drain", "hospital staff"},
		{c.common[200], c.common[300] + " " + c.common[70]},
	}
}

// zipf returns a random index below n; low ones are the most likely.
func (c *corpus) zipf(n int) int {
	return min(n-1, int(math.Exp(c.random.Float64()*math.Log(float64(n+1))))-1)
}

func (c *corpus) word(topic []string) string {
	switch p := c.random.Float64(); {
	case p < 0.12:
		return topic[c.zipf(len(topic))]
	case p < 0.16:
		return c.names[c.zipf(len(c.names))]
	case p < 0.165:
		return fmt.Sprint(1990 + c.random.IntN(40))
	case p < 0.175:
		compounds := strings.Fields("COVID-19 covid19 sub-contractors subcontractors co-operation £30million 93,112 l'hôpital d'Ivoire 5kg H1N1 e-learning mid-2015")
		return compounds[c.random.IntN(len(compounds))]
	default:
		return c.common[c.zipf(len(c.common))]
	}
}

func (c *corpus) sentence(topic []string, words int) string {
	parts := make([]string, words)
	for i := range parts {
		parts[i] = c.word(topic)
		if c.random.IntN(12) == 0 {
			parts[i] += ","
		}
	}
	first := []rune(parts[0])
	return string(unicode.ToUpper(first[0])) + string(first[1:]) + strings.TrimPrefix(strings.Join(parts, " "), parts[0])
}

func (c *corpus) body(topic []string) string {
	var b strings.Builder
	for range c.length/6 + c.random.IntN(c.length) {
		b.WriteString(c.sentence(topic, 8+c.random.IntN(26)) + ". ")
	}
	if c.random.IntN(12) == 0 {
		scripts := []string{"母婴健康合作项目在医院培训助产士。", "การดูแลสุขภาพชุมชน", "병원에서 간호사 교육", "здравоохранение и обучение", "मातृ स्वास्थ्य प्रशिक्षण", "صحة الأم والطفل"}
		b.WriteString(scripts[c.random.IntN(len(scripts))])
	}
	return b.String()
}

func (c *corpus) some(prefix string, values, least, most int) []string {
	var chosen []string
	for range least + c.random.IntN(most-least+1) {
		chosen = append(chosen, fmt.Sprint(prefix, c.zipf(values)))
	}
	slices.Sort(chosen)
	return slices.Compact(chosen)
}

func (c *corpus) document(n int) search.Document {
	topic := c.topics[c.zipf(len(c.topics))]
	d := search.Document{
		ID:      fmt.Sprintf("cases/%s-%s-%d/", topic[0], c.common[c.zipf(500)], n),
		Title:   c.sentence(topic, 4+c.random.IntN(8)),
		Summary: c.sentence(topic, 12+c.random.IntN(20)),
		Body:    c.body(topic),
		Kind:    []string{"example", "example", "example", "challenge", "programme"}[c.random.IntN(5)],
		Details: []string{"Example from practice", "Uganda, United Kingdom", "2015"},
		Date:    fmt.Sprintf("%d-%02d", 1990+c.random.IntN(37), 1+c.random.IntN(12)),

		Hallmarks:   c.some("hallmark-", 40, 1, 3),
		Countries:   c.some("country-", 60, 1, 3),
		Disciplines: c.some("discipline-", 40, 1, 2),

		Organisations: c.some("organisation-", 200, 1, 3),
	}
	if c.random.IntN(8) == 0 {
		d.Pin = "example, for a test"
	}
	for _, h := range d.Hallmarks { // a hallmark implies its principle
		d.Principles = append(d.Principles, "principle-"+h[len(h)-1:])
	}
	slices.Sort(d.Principles)
	d.Principles = slices.Compact(d.Principles)
	for range 1 + c.random.IntN(4) {
		d.Names = append(d.Names, c.names[c.random.IntN(len(c.names))]+" "+c.names[c.zipf(len(c.names))]+" Hospital")
	}
	return d
}

func (c *corpus) documents(n int) []search.Document {
	docs := make([]search.Document, n)
	for i := range docs {
		docs[i] = c.document(i)
	}
	return docs
}
