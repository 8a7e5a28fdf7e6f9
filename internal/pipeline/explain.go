package pipeline

import (
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"casebook/internal/site"
)

// Reason is why pages were rendered: what changed, and which pages show it.
type Reason struct {
	Change string   // "title of cases/x changed"
	Of     string   // the page that it is a change of, "cases/x"; empty when it is of no page
	Pages  []string // "principles/strategic", sorted
}

// cause is a reason of one page.
type cause struct{ change, of string }

// Explain tells why this build rendered each page that it rendered: what in the
// data, the text or the templates of a page is another than when it was rendered
// before. A page may have several reasons. Options.Explain must be set.
func (r *Result) Explain() []Reason {
	pages := map[cause][]string{}
	for page, causes := range r.because {
		for _, c := range causes {
			pages[c] = append(pages[c], page)
		}
	}
	var reasons []Reason
	for c, pages := range pages {
		slices.Sort(pages)
		reasons = append(reasons, Reason{c.change, c.of, pages})
	}
	slices.SortFunc(reasons, func(a, b Reason) int { return strings.Compare(a.Change, b.Change) })
	return reasons
}

// String is the reason as a line: "title of cases/x changed: its own page, listed
// on principles/strategic".
func (r Reason) String() string {
	const most = 12 // pages named
	var own, others []string
	for _, p := range r.Pages {
		if p == r.Of {
			own = []string{"its own page"}
		} else {
			others = append(others, p)
		}
	}
	if n := len(others); n > most {
		others = append(others[:most:most], fmt.Sprintf("%d more", n-most))
	}
	if len(others) > 0 && r.Of != "" {
		others[0] = "listed on " + others[0]
	}
	return r.Change + ": " + strings.Join(append(own, others...), ", ")
}

// because is why a page with another key than the known one is rendered.
func (b *Builder) because(known, now *renderedPage) []cause {
	own := address(site.Of(now.page).Path)
	if known.file == nil {
		return []cause{{own + " is new", own}}
	}
	if known.print == now.print && known.look == now.look {
		if known.body == now.body || known.body != nil && now.body != nil && known.body.Hash == now.body.Hash {
			return []cause{{"what the text of " + own + " leads to changed", own}}
		}
		return []cause{{"text of " + own + " changed", own}}
	}
	var causes []cause
	if known.look != now.look {
		causes = append(causes, cause{change: "templates, strings or assets of the theme changed"})
	}
	if known.print != now.print {
		causes = append(causes, differences(known.page, now.page)...)
	}
	return causes
}

// differences are what in the data of a page differs. What is worked out of other
// data is told only when nothing else differs, and so is all else when what
// stands around every page does.
func differences(old, new site.Page) []cause {
	d := differ{page: site.Of(new).Path}
	if own := address(d.page); reflect.TypeOf(old) != reflect.TypeOf(new) {
		return []cause{{own + " is another kind of page now", own}}
	}
	d.compare(reflect.ValueOf(site.Of(old).Site), reflect.ValueOf(site.Of(new).Site), "", "")
	if len(d.causes) == 0 {
		d.compare(reflect.ValueOf(old).Elem(), reflect.ValueOf(new).Elem(), "", address(d.page))
	}
	if len(d.causes) == 0 {
		return d.derived
	}
	return d.causes
}

// address is a page as messages name it: "cases/x".
func address(path string) string {
	if path == "/" {
		return "the home page"
	}
	return strings.Trim(path, "/")
}

// differ finds in what the data of a page differs from that of another time.
type differ struct {
	page    string // its path
	causes  []cause
	derived []cause
}

// derived are the fields of pages that are worked out of others.
var derived = []string{"Report", "Canonical", "Description", "Citation", "Plots"}

// compare walks two values of one type. subject is what they tell of, the page of
// the nearest link around them; field is what they tell of it.
func (d *differ) compare(old, new reflect.Value, field, subject string) {
	switch old.Kind() {
	case reflect.Pointer:
		switch {
		case old.Type() == bodyType:
		case old.IsNil() && new.IsNil():
		case old.IsNil() || new.IsNil():
			d.changed(field, subject)
		default:
			d.compare(old.Elem(), new.Elem(), field, subject)
		}
	case reflect.Struct:
		d.compareStructs(old, new, field, subject)
	case reflect.Slice:
		d.compareLists(old, new, field, subject)
	default:
		if !old.Equal(new) {
			d.changed(field, subject)
		}
	}
}

func (d *differ) compareStructs(old, new reflect.Value, field, subject string) {
	if was, is := d.linked(old), d.linked(new); was != is {
		d.changed(field, subject)
		return
	} else if is != "" {
		subject = is
	}
	for i := range old.NumField() {
		f := old.Type().Field(i)
		if !f.IsExported() || f.Name == "Href" {
			continue
		}
		name := f.Name
		if f.Anonymous {
			name = field
		}
		if !slices.Contains(derived, name) {
			d.compare(old.Field(i), new.Field(i), name, subject)
		} else if !reflect.DeepEqual(old.Field(i).Interface(), new.Field(i).Interface()) {
			d.derived = append(d.derived, causeOf(words(name), subject))
		}
	}
}

// compareLists tells what came into a list and what left it, and compares what
// stayed; items without a page of their own are compared by their place.
func (d *differ) compareLists(old, new reflect.Value, field, subject string) {
	before, after := d.items(old), d.items(new)
	if before == nil || after == nil {
		if old.Len() != new.Len() {
			d.changed(field, subject)
			return
		}
		for i := range old.Len() {
			d.compare(old.Index(i), new.Index(i), field, subject)
		}
		return
	}
	stayed := false
	for id := range before {
		if _, ok := after[id]; !ok {
			d.add(cause{id + " is no longer listed", id})
		}
	}
	for id, item := range after {
		if was, ok := before[id]; ok {
			stayed = true
			d.compare(old.Index(was), new.Index(item), field, id)
		} else {
			d.add(cause{id + " is now listed", id})
		}
	}
	if stayed && len(before) == len(after) && !slices.Equal(d.order(old), d.order(new)) {
		d.add(causeOf("order of "+words(field), subject))
	}
}

// items are the places of the items of a list by the page that each leads to;
// nil if not every item has one of its own.
func (d *differ) items(list reflect.Value) map[string]int {
	places := map[string]int{}
	for i := range list.Len() {
		id := d.linked(list.Index(i))
		if _, twice := places[id]; id == "" || twice {
			return nil
		}
		places[id] = i
	}
	return places
}

func (d *differ) order(list reflect.Value) []string {
	var ids []string
	for i := range list.Len() {
		ids = append(ids, d.linked(list.Index(i)))
	}
	return ids
}

// linked is the page that a struct with a link of its own leads to, or "".
func (d *differ) linked(v reflect.Value) string {
	if v.Kind() != reflect.Struct {
		return ""
	}
	href := v.FieldByName("Href")
	if !href.IsValid() || href.Kind() != reflect.String || href.String() == "" || strings.Contains(href.String(), ":") {
		return ""
	}
	to, _, _ := strings.Cut(href.String(), "#")
	if to = path.Join(path.Dir(d.page+"x"), to); to == path.Clean(d.page) {
		return "" // a place on the page itself
	}
	return address(to)
}

func (d *differ) changed(field, subject string) { d.add(causeOf(words(field), subject)) }

func causeOf(what, subject string) cause {
	if subject == "" {
		return cause{change: what + " of the site changed"}
	}
	return cause{what + " of " + subject + " changed", subject}
}

func (d *differ) add(c cause) {
	if !slices.Contains(d.causes, c) {
		d.causes = append(d.causes, c)
	}
}

// words is a field as messages name it.
func words(field string) string {
	switch field {
	case "Label", "Key":
		return "title"
	case "Examples", "Challenges", "Programmes", "Total":
		return "number of cases"
	}
	var b strings.Builder
	for i, r := range field {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
