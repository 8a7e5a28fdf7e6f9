// The page of the data files.

package site

import (
	"slices"

	"casebook/internal/content"
)

func dataKinds() []kind {
	return []kind{{&DataPage{}, single("/data/", (*maker).data)}}
}

// DataPage is "/data/": it lists the files that package export writes there,
// and what the fields of a case study hold.
type DataPage struct {
	Base
	Bundle *Bundle // nil if the site offers none
	Fields []DataField
}

// Bundle is the whole site as one file, to read offline.
type Bundle struct {
	Href string
	Size int64
	Date content.Date // of the site in it
}

// BundlePath is the file of the bundle, below the root of the site.
const BundlePath = "site.zip"

// WithBundle returns a copy of the page that offers a bundle of this size and
// date.
func (p *DataPage) WithBundle(size int64, date content.Date) *DataPage {
	c := *p
	c.Bundle = &Bundle{p.to(BundlePath), size, date}
	return &c
}

// DataField is a field of a case study in the data files.
type DataField struct {
	Name string   // "countries"
	Help string   // in English, one sentence
	Type string   // in English: "date"
	List bool     // a list of such values
	Only []string // all values that it may have; empty if any is allowed
}

// NotData lists the fields of a case study that say how the site shows it, and
// so are not in the data files.
var NotData = []string{"related", "aliases", "draft", "withdrawn"}

// data makes the page of the data files.
func (m *maker) data() Page {
	page := &DataPage{Base: m.base("/data/", "", "")}
	for _, f := range content.SchemaOf(content.CaseClass).Fields {
		if !slices.Contains(NotData, f.Key) {
			page.Fields = append(page.Fields, DataField{f.Key, f.Help, string(f.Type), f.List, f.Values})
		}
	}
	return page
}
