package citation

import (
	"bufio"
	"io"
	"iter"

	"casebook/internal/content"
)

// Format is a file format of records.
type Format struct {
	Extension string // of its files: ".bib"

	// Encode returns one record, which may be in any number of files.
	Encode func(*content.Reference) ([]byte, error)

	before, between, after string // of the records of a file
	none                   string // a file without records
}

// Formats returns all formats.
func Formats() []Format {
	return []Format{
		{Extension: ".bib", Encode: neverFails(BibTeX), between: "\n"},
		{Extension: ".ris", Encode: neverFails(RIS)},
		{Extension: ".json", Encode: CSL, before: "[\n  ", between: ",\n  ", after: "\n]\n", none: "[]\n"},
	}
}

func neverFails(encode func(*content.Reference) []byte) func(*content.Reference) ([]byte, error) {
	return func(r *content.Reference) ([]byte, error) { return encode(r), nil }
}

// Write writes a file of records that Encode returned.
func (f Format) Write(to io.Writer, records iter.Seq[[]byte]) error {
	b := bufio.NewWriter(to)
	before, after := f.before, f.none
	for record := range records {
		b.WriteString(before)
		b.Write(record)
		before, after = f.between, f.after
	}
	b.WriteString(after)
	return b.Flush()
}
