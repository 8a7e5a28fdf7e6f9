package search

// Stemming: the terms that words are indexed by.

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// stem returns the term under which a folded word is indexed. For a word of a–z, it is the English stem of the word in
// one spelling and in the singular, or the digits of a number. For an Arabic word, it is the word without its article. Any other word is its own
// term.
func stem(word string) string {
	if strings.ContainsFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return withoutArticle(word)
	}
	if len(word) < 3 {
		return cmp.Or(irregular[word], word)
	}
	word = singular(oneSpelling(word))
	if isDigit(word[0]) {
		return word
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	stem := env.Current()
	if rest, ok := strings.CutSuffix(stem, "f"); ok { // "loaf" and "loaves", "belief" and "believe"
		return rest + "v"
	}
	return stem
}

// oneSpelling makes British and American spellings equal: "organization" and "organisation", "center" and "centre",
// "pediatric" and "paediatric". Each replacement is made wherever it fits, one after the other. The result need not be
// correct, only different from that of other words, because readers never see it. "re" becomes "ere" rather than "er",
// so that "centred" becomes "centered".
func oneSpelling(word string) string {
	for _, pair := range [...][2]string{
		{"ize", "ise"}, {"iza", "isa"}, {"izi", "isi"}, {"yz", "ys"}, // organize, analyze
		{"aec", "ec"}, {"aed", "ed"}, {"aem", "em"}, {"aeo", "eo"}, {"aes", "es"}, {"aet", "et"}, {"aev", "ev"}, // gynaecology, anaemia
		{"rrhoe", "rrhe"}, {"foet", "fet"}, {"oedem", "edem"}, {"oestr", "estr"}, {"oesoph", "esoph"}, {"coeli", "celi"}, // diarrhoea, oedema
		{"bour", "bor"}, {"gour", "gor"}, {"iour", "ior"}, {"lour", "lor"}, {"umour", "umor"}, {"rmour", "rmor"}, {"nour", "nor"}, {"vour", "vor"}, // labour, rigour
		{"amme", "ame"}, {"entre", "entere"}, {"atre", "atere"}, {"etre", "etere"}, {"itre", "itere"}, {"ibre", "ibere"}, // programme, centre, metre
		{"ogue", "og"}, {"dgement", "dgment"}, {"ellor", "elor"}, {"illful", "ilful"}, {"mould", "mold"}, {"sceptic", "skeptic"}, // catalogue, judgement
		{"fence", "fense"}, {"licenc", "licens"}, {"practis", "practic"}, {"advisor", "adviser"}, {"enquir", "inquir"}, {"focuss", "focus"}, // defence
		{"ulph", "ulf"}, {"aluminium", "aluminum"}, {"artefact", "artifact"}, {"grey", "gray"}, // sulphur
	} {
		word = strings.ReplaceAll(word, pair[0], pair[1])
	}
	return word
}

// singular returns the singular of plurals that the stemmer has no rule for, and one common form for a few other words
// that the stemmer treats as different.
func singular(word string) string {
	for _, form := range [...]string{word, strings.TrimSuffix(word, "s")} { // "fives" is "five"
		if one, ok := irregular[form]; ok {
			return one
		}
	}
	for _, pair := range [...][2]string{
		{"wives", "wife"},
		{"knives", "knife"},
		{"women", "woman"},
		{"womens", "woman"},
		{"children", "child"},
		{"childrens", "child"},
		{"people", "person"},
		{"peoples", "person"},
		{"rmen", "rman"},
		{"smen", "sman"}, // chairmen, spokesmen
		{"yses", "ysis"},
		{"theses", "thesis"},
		{"gnoses", "gnosis"},
		{"ae", "a"},
	} {
		if rest, ok := strings.CutSuffix(word, pair[0]); ok {
			return rest + pair[1]
		}
	}
	if rest, ok := strings.CutSuffix(strings.TrimSuffix(word, "s"), "um"); ok && len(rest) > 2 { // "spectrums" and "spectra"
		return rest + "a"
	}
	return word
}

// plain returns a word in one spelling and in the singular, without changing it more than that. An ordinal number becomes
// a cardinal one.
func plain(word string) string {
	word = singular(oneSpelling(word))
	if isDigit(word[0]) {
		return strings.TrimRight(word, "stndrh")
	}
	if rest, ok := strings.CutSuffix(word, "ies"); ok {
		return rest + "y"
	}
	if n := len(word); n > 1 && word[n-1] == 's' && word[n-2] != 's' {
		word = word[:n-1]
	}
	return word
}

// irregular maps irregular forms and abbreviations to a common form, and words for numbers and Roman numerals to digits.
var irregular = map[string]string{
	"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
	"eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18",
	"nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
	"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
	"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th",
	"seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th", "eleventh": "11th", "twelfth": "12th",
	"gases": "gas", "buses": "bus", "lenses": "lens",
	"men": "man", "feet": "foot", "teeth": "tooth", "mice": "mouse",
	"lice": "louse", "geese": "goose", "lives": "life", "emphases": "emphasis", "metastases": "metastasis", "crises": "crisis", "oases": "oasis", "axes": "axis", "criteria": "criterion", "phenomena": "phenomenon",
	"stimuli": "stimulus", "syllabi": "syllabus", "foci": "focus",
	"nuclei": "nucleus", "fungi": "fungus", "alumni": "alumnus", "alumnae": "alumnus", "appendices": "appendix", "indices": "index",
	"matrices": "matrix", "vertices": "vertex", "failure": "fail", "failures": "fail",
	"taught": "teach", "brought": "bring", "paid": "pay", "led": "lead", "built": "build", "held": "hold", "lost": "lose",
	"gave": "give", "given": "give", "took": "take", "taken": "take", "grew": "grow", "grown": "grow", "written": "write",
	"wrote": "write", "chose": "choose", "chosen": "choose", "broke": "break", "broken": "break", "began": "begin",
	"begun": "begin", "spent": "spend", "sent": "send", "kept": "keep", "understood": "understand",
	"met": "meet", "bought": "buy", "sought": "seek", "felt": "feel", "ran": "run", "fell": "fall", "left": "leave",
	"found": "find", "made": "make", "knew": "know", "known": "know",
	"learnt": "learn", "kilometere": "km", "kilometer": "km", "kilogram": "kg",
	"kilograme": "kg", "kilo": "kg", "saint": "st", "govt": "government", "dept": "department",
}

// withoutArticle removes the article from an Arabic word, together with a conjunction or preposition before it.
func withoutArticle(word string) string {
	for _, article := range [...]string{"وال", "وبال", "بال", "كال", "فال", "ولل", "لل", "ال"} {
		if rest, ok := strings.CutPrefix(word, article); ok && utf8.RuneCountInString(rest) > 2 {
			return rest
		}
	}
	return word
}
