package site

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"casebook/internal/library"
)

// Of thousands of pages an edit changes few. The pages that show one case study
// or a part of a list are therefore kept from one Site to the next, each under a
// key of all that it is made of: what it says of anything but case studies, which
// is the same for all, and the entries of the case studies that it tells of. It is
// a wide key, since an entry counts as a whole; what is rendered again is for
// those who compare pages to say.

// keptPage is a page and the key of what it is made of.
type keptPage struct {
	key  [32]byte
	page Page
}

// keep adds the page at a path, making it only when an earlier site had none
// there that was made of the same.
func (m *maker) keep(path string, parts *key, make func() Page) {
	kept := keptPage{key: m.hash(parts.of("terms").add(m.terms[:]...))}
	if earlier := m.opts.Earlier; earlier != nil && earlier.kept[path].key == kept.key {
		kept = earlier.kept[path]
	} else {
		kept.page = make()
	}
	m.kept[path] = kept
	m.add(kept.page)
}

// termsKey is the hash of what pages say of anything but case studies: of the
// terms, by the names that they have where they are first met, and where there
// are cases.
func termsKey(lib *library.Library, baseURL string) [32]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%x %q\n", lib.Terms, baseURL)
	for _, c := range lib.Countries {
		fmt.Fprintf(h, "country %q %q\n", c.Slug, c.Name)
	}
	for _, d := range lib.Disciplines {
		fmt.Fprintf(h, "discipline %q %q\n", d.ID, d.Label)
	}
	for _, o := range lib.Organisations {
		fmt.Fprintf(h, "organisation %q %q %q\n", o.ID, o.Name, o.Type)
	}
	return [32]byte(h.Sum(nil))
}

// key is an unambiguous encoding of what a page is made of, in the making. Each
// part has a name, so that a test can leave one out and see that it matters.
type key struct {
	bytes         []byte
	part, leftOut string
}

// key begins a key, in the bytes of one that is hashed: there are as many keys as
// pages, and some are long.
func (m *maker) key() *key {
	k := &key{leftOut: m.opts.leftOut}
	if n := len(m.spare); n > 0 {
		k.bytes, m.spare = m.spare[n-1][:0], m.spare[:n-1]
	}
	return k
}

// of names what is added next.
func (k *key) of(part string) *key {
	k.part = part
	return k
}

// hash ends a key, which is not to be used again.
func (m *maker) hash(k *key) [32]byte {
	m.spare = append(m.spare, k.bytes)
	return sha256.Sum256(k.bytes)
}

func (k *key) add(b ...byte) *key {
	if k.leftOut == "" || k.part != k.leftOut {
		k.bytes = append(k.bytes, b...)
	}
	return k
}

func (k *key) number(n int) *key {
	var b [binary.MaxVarintLen64]byte
	return k.add(b[:binary.PutUvarint(b[:], uint64(n))]...)
}

func (k *key) text(s string) *key { return k.number(len(s)).add([]byte(s)...) }

// study adds the entry of a case study; nil is none.
func (k *key) study(c *library.CaseStudy) *key {
	switch {
	case c == nil:
		return k.add(0)
	case c.Overdue:
		k.add(2)
	default:
		k.add(1)
	}
	return k.add(c.Key[:]...)
}

func (k *key) studies(all []*library.CaseStudy) *key {
	k.number(len(all))
	for _, c := range all {
		k.study(c)
	}
	return k
}

// caseKey is what the page of a case study is made of.
func (m *maker) caseKey(c *library.CaseStudy, neighbours []place) *key {
	k := m.key().of("case").study(c).of("programme").study(c.Programme).of("members").studies(c.Members)
	k.of("related").number(len(c.Related))
	for _, r := range c.Related {
		k.study(r.Study).number(len(r.Reasons))
		for _, reason := range r.Reasons {
			k.text(reason.Kind).text(reason.Label)
		}
	}
	k.of("neighbours")
	for _, n := range neighbours {
		k.text(n.principle.ID).study(n.previous).study(n.next)
	}
	return k
}
