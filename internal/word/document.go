// Package word reads Word documents (ECMA-376, "docx") as Markdown, and writes
// simple ones with form fields.
//
//	paragraph styles         headings, quotes, captions, the title
//	numbering                lists, also nested
//	tables                   tables; merged cells become one cell and empty ones
//	bold, italic, struck     **bold**, *italic*, ~~struck~~; sub- and superscript
//	hyperlinks               links to http, https, mailto and tel
//	footnotes, endnotes      footnotes
//	pictures                 ![alternative text](picture-1.jpg "Caption")
//	tracked changes          the text with all changes accepted
//	content controls         their text, which is also in Controls
//
// Notes lists whatever is not kept. A document is untrusted: the size and depth of
// its parts are limited, it may define no entities, and nothing outside it is
// read.
package word

import (
	"path"
	"strings"
)

// Document is the content of a Word document.
type Document struct {
	Title    string // of the first paragraph in the style Title, or the only first heading
	Author   string // from the document's properties
	Markdown string
	Pictures []Picture // in the order of the text
	Controls []Control // in the order of the text
	Notes    []Note

	Footnotes string   // Markdown: only the footnotes, which are also part of Markdown
	Outside   []string // paragraphs outside all content controls with a tag
}

// Picture is a picture of a document.
type Picture struct {
	Name string // as in the Markdown: "picture-1.jpg"
	Data []byte
}

// Control is a content control: a field of a form.
type Control struct {
	Tag      string
	Label    string
	Text     string // one line for each paragraph
	Markdown string // set if the control holds whole paragraphs
	IsEmpty  bool   // nobody has filled it in
}

// Note says what became of something that is not text.
type Note struct {
	Outcome Outcome
	What    string // "2 comments"
	Detail  string
}

// Outcome is what became of something.
type Outcome string

const (
	Mapped     Outcome = "mapped"
	KeptAsText Outcome = "kept as text"
	LeftOut    Outcome = "left out"
)

// Read reads a document.
func Read(data []byte) (*Document, error) {
	p, err := openParts(data)
	if err != nil {
		return nil, err
	}
	r := &reader{parts: p, notes: map[Note]int{}, counters: map[string][]int{}, notesUsed: map[string]int{}}
	if err := r.readParts(); err != nil {
		return nil, err
	}
	body := r.main.at("document", "body")
	if body == nil {
		return nil, errNoText
	}
	r.guessHeadings = !r.hasHeadings(body)
	blocks := r.blocks(body)
	doc := &Document{Author: r.properties.child("creator").textOf()}
	doc.Title, blocks = r.takeTitle(blocks)
	blocks = r.joinCaptions(blocks)
	doc.Footnotes = r.footnotes()
	doc.Markdown = r.join(blocks) + doc.Footnotes
	doc.Outside = r.outside
	doc.Pictures, doc.Controls = r.pictures, r.controls
	doc.Notes = r.allNotes()
	return doc, nil
}

func (e *element) textOf() string {
	if e == nil {
		return ""
	}
	return strings.TrimSpace(e.text)
}

// readParts reads the parts that the document needs.
func (r *reader) readParts() error {
	relations, err := r.parts.tree("_rels/.rels")
	if err != nil {
		return err
	}
	name := "word/document.xml"
	relations.each("Relationship", func(e *element) {
		if strings.HasSuffix(e.attr("Type"), "/officeDocument") && e.attr("TargetMode") != "External" {
			name = strings.TrimPrefix(e.attr("Target"), "/")
		}
	})
	r.folder = path.Dir(name)
	if r.main, err = r.parts.tree(name); err != nil {
		return err
	}
	if r.main == nil {
		return errNoText
	}
	if r.relations, err = r.relationsOf(name); err != nil {
		return err
	}
	for _, part := range []struct {
		name string
		into **element
		root string
	}{
		{r.folder + "/styles.xml", &r.styles, "styles"},
		{r.folder + "/numbering.xml", &r.numbering, "numbering"},
		{r.folder + "/footnotes.xml", &r.footnoteTexts, "footnotes"},
		{r.folder + "/endnotes.xml", &r.endnoteTexts, "endnotes"},
		{r.folder + "/comments.xml", &r.comments, "comments"},
		{"docProps/core.xml", &r.properties, "coreProperties"},
	} {
		root, err := r.parts.tree(part.name)
		if err != nil {
			return err
		}
		*part.into = root.child(part.root)
	}
	for _, notes := range []string{"footnotes", "endnotes"} {
		relations, err := r.relationsOf(r.folder + "/" + notes + ".xml")
		if err != nil {
			return err
		}
		for id, target := range relations {
			r.relations[notes+":"+id] = target
		}
	}
	r.readStyles()
	r.readNumbering()
	return r.noteParts()
}

// relation is what an id in a part refers to: another part, or an address.
type relation struct {
	target   string
	external bool
}

// relationsOf reads the relations of a part.
func (r *reader) relationsOf(part string) (map[string]relation, error) {
	relations := map[string]relation{}
	root, err := r.parts.tree(path.Dir(part) + "/_rels/" + path.Base(part) + ".rels")
	if err != nil {
		return nil, err
	}
	root.each("Relationship", func(e *element) {
		target := relation{e.attr("Target"), e.attr("TargetMode") == "External"}
		if !target.external {
			if strings.HasPrefix(target.target, "/") {
				target.target = strings.TrimPrefix(target.target, "/")
			} else {
				target.target = path.Join(path.Dir(part), target.target)
			}
		}
		relations[e.attr("Id")] = target
	})
	return relations, nil
}

// noteParts adds notes about the parts that are not read.
func (r *reader) noteParts() error {
	for name := range r.parts.files {
		base := path.Base(name)
		switch {
		case path.Dir(name) != r.folder && !strings.HasPrefix(name, r.folder+"/"):
		case strings.HasPrefix(base, "header") && strings.HasSuffix(base, ".xml"), strings.HasPrefix(base, "footer") && strings.HasSuffix(base, ".xml"):
			root, err := r.parts.tree(name)
			if err != nil {
				return err
			}
			if text := strings.TrimSpace(root.words()); text != "" {
				r.note(LeftOut, "header or footer", clip(text))
			}
		case strings.HasSuffix(base, ".bin") && strings.Contains(base, "vba"):
			r.note(LeftOut, "macros", "programs of the document")
		}
	}
	return nil
}
