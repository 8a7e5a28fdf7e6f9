// Checks of documents and text: PDF, Office, OpenDocument, CSV, plain text.

package media

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits on the ZIP archive of an office document.
const (
	maxUnpacked = 200 << 20 // bytes of all its members, decompressed
	maxMembers  = 5000
)

func active(what string) error {
	return &Error{"asset-active", "the file " + what, "save a copy without it: readers should be able to trust what they open"}
}

// checkPDF accepts a PDF with the header and trailer of one (ISO 32000-1, 7.5).
// It does not find actions in compressed object streams.
func checkPDF(data []byte, _ *Asset) error {
	tail := data[max(0, len(data)-1024):]
	switch {
	case !bytes.HasPrefix(data, []byte("%PDF-")):
		return errors.New("its first bytes are of another format")
	case !bytes.Contains(tail, []byte("%%EOF")):
		return errors.New("its end is missing")
	case endsArchive(data):
		return errors.New("it is an archive as well")
	}
	for _, name := range []string{"/JavaScript", "/Launch"} {
		if bytes.Contains(data, []byte(name)) {
			return active("can run a program (" + name + ")")
		}
	}
	return nil
}

// endsArchive reports whether data has the end record of a ZIP archive where
// unpacking programs search for it.
func endsArchive(data []byte) bool {
	const longestComment = 1 << 16
	return bytes.Contains(data[max(0, len(data)-longestComment-22):], []byte("PK\x05\x06"))
}

// checkOOXML accepts a Microsoft Office document without macros, whose main part
// has the given type.
func checkOOXML(main string) func([]byte, *Asset) error {
	return func(data []byte, _ *Asset) error {
		archive, err := openArchive(data)
		if err != nil {
			return err
		}
		types, err := member(archive, "[Content_Types].xml")
		switch {
		case err != nil:
			return err
		case strings.Contains(types, "macroEnabled"):
			return active("has macros")
		case !strings.Contains(types, main):
			return errors.New("it is a document of another kind")
		}
		return nil
	}
}

// checkODF accepts an OpenDocument file without macros. Its first member is its
// type (OpenDocument 1.3, part 2, 3.3).
func checkODF(media string) func([]byte, *Asset) error {
	return func(data []byte, _ *Asset) error {
		archive, err := openArchive(data)
		if err != nil {
			return err
		}
		if archive.File[0].Name != "mimetype" {
			return errors.New("it does not begin with its type")
		}
		written, err := member(archive, "mimetype")
		switch {
		case err != nil:
			return err
		case strings.TrimSpace(written) != media:
			return errors.New("it is a document of another kind")
		}
		return nil
	}
}

// openArchive opens an archive that holds no programs, is not two formats at
// once, and stays within the limits when it is unpacked.
func openArchive(data []byte) (*zip.Reader, error) {
	const endRecord = 22
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return nil, errors.New("its first bytes are of another format")
	}
	if len(data) < endRecord || !bytes.HasPrefix(data[len(data)-endRecord:], []byte("PK\x05\x06")) {
		return nil, errors.New("something follows its end")
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	if len(archive.File) == 0 || len(archive.File) > maxMembers {
		return nil, fmt.Errorf("it has %d members; 1 to %d are allowed", len(archive.File), maxMembers)
	}
	unpacked := uint64(0)
	for _, file := range archive.File {
		name := strings.ToLower(file.Name)
		switch path.Ext(name) {
		case ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".hta", ".lnk", ".msi", ".html", ".htm", ".svgz":
			return nil, active("holds the program " + fmt.Sprintf("%q", file.Name))
		}
		base := path.Base(name)
		switch {
		case strings.HasPrefix(base, "vbaproject") || strings.HasPrefix(name, "basic/") || strings.HasPrefix(name, "scripts/"):
			return nil, active("has macros")
		case strings.Contains(name, "..") || strings.HasPrefix(name, "/") || strings.ContainsAny(name, "\\\x00:"):
			return nil, fmt.Errorf("its member %q leaves its folder", file.Name)
		case file.UncompressedSize64 > maxUnpacked-unpacked:
			return nil, &Error{"asset-size", fmt.Sprintf("the file unpacks to more than %s MB", millions(maxUnpacked)), "make it smaller"}
		}
		unpacked += file.UncompressedSize64
	}
	return archive, nil
}

// member returns the text of a small member of an archive.
func member(archive *zip.Reader, name string) (string, error) {
	const limit = 1 << 20
	file, err := archive.Open(name)
	if err != nil {
		return "", fmt.Errorf("its member %s is missing", name)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, limit))
	if err != nil {
		return "", fmt.Errorf("its member %s is damaged: %w", name, err)
	}
	return string(text), nil
}

// checkText accepts UTF-8 without control characters that browsers do not mistake
// for a web page, nor shells for a script.
func checkText(data []byte, _ *Asset) error {
	text := bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(text) {
		return errors.New("it is not UTF-8")
	}
	for _, b := range text {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' || b == 0x7f {
			return fmt.Errorf("it holds the control character 0x%02x", b)
		}
	}
	if bytes.HasPrefix(text, []byte("#!")) || bytes.HasPrefix(text, []byte("%PDF-")) || bytes.HasPrefix(text, []byte("%!PS")) || bytes.HasPrefix(text, []byte("MZ")) && bytes.Contains(text[:min(len(text), 512)], []byte("DOS mode")) {
		return errors.New("it begins as a program or document")
	}
	// The number of bytes from which browsers guess a type (https://mimesniff.spec.whatwg.org).
	const sniffed = 1445
	head := strings.ToLower(string(text[:min(len(text), sniffed)]))
	for _, mark := range []string{"<!doctype", "<html", "<head", "<body", "<script", "<svg", "<iframe", "<?xml", "<?php"} {
		if strings.Contains(head, mark) {
			return fmt.Errorf("it holds %s, as a web page does", mark)
		}
	}
	return nil
}

// checkCSV accepts a table of text without cells that a spreadsheet program runs
// as formulas.
func checkCSV(data []byte, asset *Asset) error {
	if err := checkText(data, asset); err != nil {
		return err
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	reader.FieldsPerRecord, reader.LazyQuotes, reader.ReuseRecord = -1, true, true
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for i, cell := range cells {
			// A semicolon may separate cells as well.
			for part := range strings.SplitSeq(cell, ";") {
				if isFormula(part) {
					line, _ := reader.FieldPos(i)
					return active(fmt.Sprintf("has a cell in line %d that a spreadsheet runs as a formula", line))
				}
			}
		}
	}
}

// isFormula reports whether a spreadsheet program may run a cell: one that begins with
// a sign of formulas, which those in Japanese also take in full width, behind spaces and
// characters that cannot be seen.
func isFormula(cell string) bool {
	cell = strings.TrimFunc(cell, func(r rune) bool { return r == '"' || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	sign, length := utf8.DecodeRuneInString(cell)
	switch {
	case len(cell) == length:
		return false
	case strings.ContainsRune("=@＝＠", sign):
		return true
	}
	return strings.ContainsRune("+-＋－", sign) && strings.ContainsAny(cell, "(|!")
}
