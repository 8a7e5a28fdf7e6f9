package search_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"casebook/internal/search"
)

// analysed returns texts and their words, joined ones in brackets.
func analysed() []struct{ text, want string } {
	return []struct{ text, want string }{
		{"", ""},
		{"Maternal health: 24/7", "maternal health 24 7"},
		{"the partners' partner's O’Brien N'Djamena 'quoted'", "the partners partner [obrien] brien [ndjamena] djamena quoted"},
		{"sub-contractors co-operation state-of-the-art", "[subcontractors] sub contractors [cooperation] co operation [stateoftheart] state of the art"},
		{"COVID-19 covid19 £30million 5kg H1N1", "[covid19] covid 19 [covid19] covid 19 [30000000] 30 million [5kg] 5 kg [h1n1] h 1 n 1"},
		{"£30m 1.5 million 30-million 2·3bn 50k 5 mm 30 m² 1.2.3m 0.5m", "[30000000] 30 m [1500000] 1 5 million [30000000] 30 million [2300000000] 2 3 bn [50000] 50 k 5 mm 30 [m2] m 2 1 2 [3m] 3 m [500000] 0 5 m"},
		{"U.K. e.g. N.H.S. a.bc 4th 21st 2nd-hand 5thing", "uk eg nhs abc 4th 21st [2ndhand] 2nd hand [5thing] 5 thing"},
		{"a Ph.D., M.D. and B.Sc. at kilns.example/a", "a phd md and bsc at kilns example a"},
		{"NGOs, MoUs and GPs' PhDs, As S's", "ngo mou and gp phd as s"},
		{"10% 12 % 5 per cent, Per Cent per centre", "[10percent] 10 percent 12 percent 5 percent percent per centre"},
		{"1.234.567 kg, 2.500, 0.75, 192.168.1.1", "[1234567] 1 234 567 kg [2500] 2 500 0 75 [192168] 192 168 1 1"},
		{"women's WOMEN’S d's it's l´hôpital Sanaʿa צה״ל", "women women d it [lhopital] hopital sanaa צהל"},
		{"2015-16 a-b-c-d-e 0800-1234", "2015 16 a b c d e 0800 1234"},
		{"4,50,000 1,23,45,678 12,34,56 1,23,4567", "450000 12345678 12 34 56 1 23 4567"},
		{"93,112 1,234,567 2012,2013 12,34 93\u00a0112 93\u202f112 93 112 2015 120 1,2345", "93112 1234567 2012 2013 12 34 93112 93112 93112 2015 120 1 2345"},
		{"Côte d'Ivoire l'hôpital qu’est-ce l‘eau dʼAfrique I'm can't dell'acqua un’altra we'll", "cote [divoire] ivoire [lhopital] hopital [quest] [estce] est ce [leau] eau [dafrique] afrique im cant [dellacqua] acqua [unaltra] altra well"},
		{"co\u00adoperation mid\u200bwife", "cooperation midwife"},
		{"كِتَابُ أحمد مُدَرِّسَةٌ ٱلهواء ـكتـاب شلى کتاب ٢٠١٥", "كتاب احمد مدرسه الهواء كتاب شلي كتاب 2015"},
		{"שָׁלוֹם שלום ספרים ארץ", "שלומ שלומ ספרימ ארצ"},
		{`צה"ל צה״ל ד”ר "שלום"`, "צהל צהל דר שלומ"},
		{"sant'Egidio quest’anno Ng'ombe Sha'ab jusqu’ici", "[santegidio] egidio [questanno] anno [ngombe] ombe shaab [jusquici] ici"},
		{"Ɓauchi ƙasa Ɖoƒe Ɔkyɛ́na Ŋoro ɲama Bakı Gəncə", "bauchi kasa dofe okyena noro nama baki gence"},
		{"Yaoundé São Tomé ŁÓDŹ Zürich STRASSE Straße", "yaounde sao tome lodz zurich strasse strasse"},
		{"e\u0301tude ﬁeld ½ ™ m² ＡＢＣ", "etude field 1 2 [m2] m 2 abc"},
		{"İstanbul ıspanak ΟΔΟΣ οδός", "istanbul ispanak οδοσ οδοσ"},
		{"母婴健康", "母婴 婴健 健康"},
		{"医", "医"},
		{"COVID感染2020", "covid 感染 2020"},
		{"がん検診", "がん ん検 検診"},
		{"병원에서", "병원 원에 에서"},
		{"การ", "กา าร"},
		{"здравоохранение मातृ صحة", "здравоохранение मातृ صحه"},
		{"a\u0301\u0327b \u0301", "ab"},
		{strings.Repeat("x", 100), strings.Repeat("x", 64)},
		{"one\x1ftwo_three-four.five@six", "one two [threefour] three four five six"},
		{"\xff\xfebad\xff utf8", "bad [utf8] utf 8"},
	}
}

func TestAnalyse(t *testing.T) {
	for _, tt := range analysed() {
		if got := strings.Join(search.Analyse(tt.text), " "); got != tt.want {
			t.Errorf("analyse(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestClientAnalysesAlike checks that the client splits and stems texts as the Go analyser does.
func TestClientAnalysesAlike(t *testing.T) {
	checkAnalysis(t, 37)
}

// checkAnalysis checks one in every so many of the Unicode characters, and all other texts.
func checkAnalysis(t *testing.T, every rune) {
	c := newClient(t, bundle(t), nil)
	var texts []string
	for _, doc := range newCorpus(3).documents(1) {
		texts = append(texts, doc.Title+" "+doc.Body+" "+strings.Join(doc.Names, " "))
	}
	texts = append(texts, "COVID感染 İstanbul ΟΔΟΣ ½ ﬁeld ™ 'a' a' a'b a''b ’x’ a\u0301\u0327b \u0301 \u0301'x d'été-là l‘eau-de-vie 12,345,678 1,23 H1N1 x-1-2-y a--b co\u00adop אֶבֶן مُدَرِّسَةٌ ٢٣ 𐐀𐐁 𠀀𠀁𠀂 "+strings.Repeat("y", 70))
	var b strings.Builder
	for r := rune(0); r < 0x10000; r += every { // each character alone and between letters; only a sample of the large, uniform blocks
		if (r < 0x3400 || r > 0xF900 || r%29 == 0) && (r < 0xD800 || r > 0xDFFF) {
			fmt.Fprintf(&b, "%c a%cb ", r, r)
		}
	}
	texts = append(texts, b.String())
	for _, tt := range analysed() {
		texts = append(texts, strings.ToValidUTF8(tt.text, ""))
	}
	random := newRandom(1)
	pieces := strings.Split("1|12|123|30|1234|.|·|,|-|–| | |\u00a0|'|’|ʿ|s|m|k|K|mn|million|Millions|bn|th|st|U|u|b|é|²|½|_|l|qu|医|٣|שׁ|״", "|")
	var mixed []string
	for range 20_000 / every {
		mixed = append(mixed, strings.Join(random.choose(pieces, 2+random.IntN(7)), ""))
	}
	texts = append(texts, strings.Join(mixed, "\n"))
	for _, text := range texts {
		got := clientWords(t, c, text)
		if want := search.Analyse(text); fmt.Sprint(got) != fmt.Sprint(want) {
			for i := range want {
				if i >= len(got) || got[i] != want[i] {
					t.Fatalf("word %d of %.60q… is %.200q, want %q", i, text, got[min(i, len(got)-1):], want[i])
				}
			}
			t.Fatalf("%d words of %.60q…, want %d", len(got), text, len(want))
		}
	}
}

func clientWords(t *testing.T, c *client, text string) []string {
	t.Helper()
	answer, err := c.call("analyse", text)
	if err != nil {
		t.Fatal(err)
	}
	var words []struct {
		Text   string
		Joined bool
	}
	if err := json.Unmarshal([]byte(answer), &words); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, w := range words {
		if w.Joined {
			w.Text = "[" + w.Text + "]"
		}
		texts = append(texts, w.Text)
	}
	return texts
}

// TestBritishAndAmericanStems checks that the British and the American spelling of a word have the same stem.
func TestBritishAndAmericanStems(t *testing.T) {
	for _, words := range []string{
		"organization organizations organisation organisations organize organized organising organizer organisers", "analyze analysed analyzing",
		"program programs programme programmes programmed programming", "center centers centre centres centred centered",
		"theater theatres", "labor labour labours", "behavior behaviours", "colour colors", "tumors tumour",
		"pediatric paediatric pediatrics paediatrics", "anesthesia anaesthesia", "anemia anaemia", "gynecology gynaecology", "diarrhea diarrhoea",
		"license licence licensed licenced", "practice practise", "defence defense", "honour honor", "rigor rigour", "counselor counsellors", "catalog catalogue",
		"judgment judgement", "edema oedema", "etiology aetiology", "kilometre kilometers km", "litre liter", "fibre fibers", "skilful skillful",
	} {
		first, rest, _ := strings.Cut(words, " ")
		for _, word := range strings.Fields(rest) {
			if got, want := search.Stem(word), search.Stem(first); got != want {
				t.Errorf("the stem of %q is %q, want %q as of %q", word, got, want, first)
			}
		}
	}
	for _, pair := range [][2]string{{"organ", "organise"}, {"four", "for"}, {"hour", "her"}, {"mourning", "morning"}, {"treatment", "treat"}, {"poet", "pet"}, {"does", "des"}} {
		if search.Stem(pair[0]) == search.Stem(pair[1]) {
			t.Errorf("%q and %q have the same stem", pair[0], pair[1])
		}
	}
}

// TestIrregularStems checks that irregular plurals, and words with silent or doubled endings, have the stem of the singular.
func TestIrregularStems(t *testing.T) {
	for _, words := range []string{
		"midwife midwives", "child children", "woman women", "analysis analyses", "crisis crises", "criterion criteria", "curriculum curricula",
		"person people", "fail failed failure failures", "hypothesis hypotheses", "gas gases", "bus buses", "lens lenses", "vertebra vertebrae", "formula formulae", "housewife housewives", "هواء الهواء", "foot feet", "loaf loaves", "calf calves", "half halves", "roof roofs", "belief believe beliefs", "leave left leaves", "thief thieves",
		"forum forums fora", "medium media", "curriculum curricula", "spectrum spectra", "stratum strata", "وبالمدرسه المدرسه وللمدرسه",
		"meet met meets", "buy bought", "five fives", "3 iii three", "kg kilo kilograms kilogrammes", "find found", "saint st",
	} {
		first, rest, _ := strings.Cut(words, " ")
		for _, word := range strings.Fields(rest) {
			if got, want := search.Stem(word), search.Stem(first); got != want {
				t.Errorf("the stem of %q is %q, want %q as of %q", word, got, want, first)
			}
		}
	}
	for _, pair := range [][2]string{{"rose", "rosis"}, {"cheese", "cheesis"}, {"tax", "taxi"}, {"safe", "save"}, {"slum", "sla"}, {"life", "live"}, {"government", "woman"}} {
		if search.Stem(pair[0]) == search.Stem(pair[1]) {
			t.Errorf("%q and %q have the same stem", pair[0], pair[1])
		}
	}
}

// TestClientStemsAlike compares the client's stemmer with Go's, on real and invented words with all endings, on the words
// of this repository's own texts, and on Snowball's exceptions.
func TestClientStemsAlike(t *testing.T) {
	checkStems(t, 61)
}

// checkStems compares the stems of one in every `every` invented words, and of all other words.
func checkStems(t *testing.T, every int) {
	var words []string
	beginnings := strings.Fields(`a b y by boy sky gener general commun arsen relat nation hop hopp fall fill agre feed plast
		fizz troubl tann siz conflat control roll cease probat rate cap happi cr d exceed succ proc out inn cann herr earr
		sens activ electr adopt depend adjust angul use effect bowdler vietnam analog rational condition valen hesit digit
		conform radic different vile vietnami predic oper feudal decis hope callous form sensit sensib triplic goodn
		yy yay eye toy play enjoy xylo why kn toe skis ski dy ly ty idl gentl ugl earl onl singl news atlas bias ande`)
	endings := strings.Fields(`e s es ed ing ly y ies ied sses us ss eed eedly edly ingly ational tional enci anci izer izers ization ator
		alism aliti alli fulness fulli ousness ousli iveness iviti ivity ativity ative biliti bility bli ably abli ible able ogi ology logi li
		entli ently lessli icate iciti icity ical ful ness al ance ence er ic ant ement ment ent ism ate iti ity ous ive ize ion sion tion
		ll lle bb bbed tt tting ated bled izing ying yed ys ie ll's`)
	for _, b := range beginnings {
		words = append(words, b)
		for _, e := range endings {
			words = append(words, b+e, b+e+"ly")
			for _, e2 := range []string{"ing", "ation"} {
				words = append(words, b+e+e2)
			}
		}
	}
	words = everyNth(words, every)
	words = append(words, strings.Fields(`midwives knives themselves women children salesmen people analyses hypotheses diagnoses cheeses roses noses lives
		taught failures failure paid الهواء هواء وال والكتاب للعمل skis skies dying lying tying idly gently ugly early only singly sky news howe atlas cosmos bias andes
		inning outing canning herring earring proceed exceed succeed innings outings cannings proceeds generate generously communicate arsenal
		organization pediatrics programme theatres neighbourhoods analyzed quizzes bizarre izaec diarrhoea día наука 母婴 x1 naïve`)...)
	for _, doc := range newCorpus(5).documents(1) {
		words = append(words, search.Analyse(doc.Body)...)
	}
	source, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	words = append(words, search.Analyse(string(source))...)

	answer, err := newClient(t, bundle(t), nil).call("stemAll", strings.Join(words, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for i, got := range strings.Split(answer, "\n") {
		want := search.Stem(words[i])
		if got != want {
			t.Errorf("stem(%q) = %q, want %q", words[i], got, want)
		}
		if want != words[i] {
			changed++
		}
	}
	if len(words) < 30_000/every || changed < 10_000/every {
		t.Errorf("only %d of %d words differ from their stem: too few for a useful comparison", changed, len(words))
	}
}

func everyNth(words []string, n int) []string {
	var some []string
	for i := 0; i < len(words); i += n {
		some = append(some, words[i])
	}
	return some
}
