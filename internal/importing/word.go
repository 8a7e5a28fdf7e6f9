// Word documents.

package importing

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"casebook/internal/draft"
	"casebook/internal/word"
)

// readWord makes a case study, or another page, of a Word document, with its
// pictures beside it.
func readWord(request Request) (*Import, error) {
	doc, err := word.Read(request.Data)
	if err != nil {
		return nil, err
	}
	if isForm(doc) {
		return readForm(request, doc)
	}
	if strings.Contains(doc.Markdown, formIntro) {
		return nil, errors.New("it is a form, but the program that saved it left out the names of its fields: fill in a new one with Word, or with LibreOffice 7.5 or later")
	}
	d, err := NewDraft(request.Kind)
	if err != nil {
		return nil, err
	}
	if d.Schema.List || len(d.Schema.Files) < 2 && len(doc.Pictures) > 0 {
		return nil, fmt.Errorf("a Word document with pictures cannot become %s: import it as a case or a page", d.Schema.What)
	}
	result := &Import{}
	d.Body = doc.Markdown
	title, from := doc.Title, "title of the document"
	if title == "" {
		title, from = strings.TrimSuffix(path.Base(request.Name), path.Ext(request.Name)), "name of the file"
	}
	if err := d.Set("title", title); err != nil {
		return nil, err
	}
	result.add(from, Mapped, "title: "+title)
	if doc.Author != "" {
		result.add("author in the document's properties", LeftOut, fmt.Sprintf("%s: it is often who made the template; if it is right, add --set %q", doc.Author, "authors="+doc.Author))
	}
	if hasField(d, "draft") {
		if err := d.Set("draft", "true"); err != nil {
			return nil, err
		}
	}
	if err := request.apply(d); err != nil {
		return nil, err
	}
	result.add("text", KeptAsText, fmt.Sprintf("%d words", len(strings.Fields(doc.Markdown))))
	for _, n := range doc.Notes {
		result.add(n.What, Outcome(n.Outcome), n.Detail)
	}
	file, err := FileOf(d, request.ID, draft.Required, request.Existing)
	if err != nil {
		return nil, err
	}
	result.addWithPictures(file, doc)
	return result, nil
}

// addWithPictures adds the file that a document becomes, with its pictures beside it.
func (i *Import) addWithPictures(file File, doc *word.Document) {
	var pictures []File
	for _, p := range doc.Pictures {
		pictures = append(pictures, File{Path: p.Name, Data: p.Data})
		i.add("picture", Mapped, p.Name)
	}
	i.addFile(file, pictures)
}

func hasField(d *draft.Draft, key string) bool {
	_, has := draft.FieldAt(d.Schema, key)
	return has
}
