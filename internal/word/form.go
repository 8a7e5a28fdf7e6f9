// Writing a form: a document with a content control for each field.

package word

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// Form is a document to fill in.
type Form struct {
	Title    string
	Intro    string
	Sections []FormSection
}

// FormSection is a group of fields under a heading.
type FormSection struct {
	Heading string
	Fields  []FormField
}

// FormField is a field of a form.
type FormField struct {
	Tag     string // required; Word allows at most 64 characters
	Label   string // required
	Help    string
	Choices []string // a list to choose from
	IsOpen  bool     // other values than the choices are allowed
	IsText  bool     // paragraphs with headings, lists and pictures
}

// The prompts of controls that nobody has filled in.
const (
	toChoose = "Choose"
	toWrite  = "Click here and write"
)

// Bytes returns the form as a Word document.
func (f Form) Bytes() ([]byte, error) {
	var b strings.Builder
	b.WriteString(xml.Header + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	b.WriteString(styled("Title", f.Title) + styled("", f.Intro))
	id := 0
	for _, section := range f.Sections {
		b.WriteString(styled("Heading1", section.Heading))
		for _, field := range section.Fields {
			id++
			b.WriteString(styled("FieldLabel", field.Label))
			if field.Help != "" {
				b.WriteString(styled("FieldHelp", field.Help))
			}
			b.WriteString(field.control(id))
		}
	}
	b.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr></w:body></w:document>`)
	return zipped([][2]string{
		{"[Content_Types].xml", xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`},
		{"_rels/.rels", xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
		{"word/styles.xml", formStyles},
		{"word/document.xml", b.String()},
	})
}

// control returns an empty content control for the field.
func (f FormField) control(id int) string {
	prompt, kind := toWrite, `<w:text w:multiLine="1"/>`
	switch {
	case f.IsText:
		kind = "<w:richText/>"
	case len(f.Choices) > 0:
		prompt = toChoose
		name := "w:dropDownList"
		if f.IsOpen {
			name = "w:comboBox"
		}
		var items strings.Builder
		for _, choice := range f.Choices {
			fmt.Fprintf(&items, `<w:listItem w:displayText="%s" w:value="%s"/>`, escapeXML(choice), escapeXML(choice))
		}
		kind = "<" + name + ">" + items.String() + "</" + name + ">"
	}
	return fmt.Sprintf(`<w:sdt><w:sdtPr><w:alias w:val="%s"/><w:tag w:val="%s"/><w:id w:val="%d"/><w:showingPlcHdr/>%s</w:sdtPr><w:sdtContent><w:p><w:r><w:rPr><w:color w:val="767676"/></w:rPr><w:t>%s</w:t></w:r></w:p></w:sdtContent></w:sdt>`,
		escapeXML(f.Label), escapeXML(f.Tag), id, kind, prompt)
}

// styled returns a paragraph in a style.
func styled(style, text string) string {
	properties := ""
	if style != "" {
		properties = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return `<w:p>` + properties + `<w:r><w:t xml:space="preserve">` + escapeXML(text) + `</w:t></w:r></w:p>`
}

func escapeXML(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder returns no errors
	return b.String()
}

// zipped returns a zip archive of files. The same files give the same bytes.
func zipped(files [][2]string) ([]byte, error) {
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for _, file := range files {
		w, err := archive.Create(file[0])
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(file[1])); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// formStyles are the styles of a form.
const formStyles = xml.Header + `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="40"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="360"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="30"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="FieldLabel"><w:name w:val="Field label"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="200" w:after="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="FieldHelp"><w:name w:val="Field help"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:after="60"/></w:pPr><w:rPr><w:color w:val="595959"/><w:sz w:val="20"/></w:rPr></w:style>
</w:styles>`
