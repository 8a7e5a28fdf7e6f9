// ZIM files, for readers such as Kiwix.

package offline

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"casebook/internal/drawing"
	"casebook/internal/parallel"
	"casebook/internal/publish"

	"golang.org/x/text/language"
)

// Book is what a reader such as Kiwix shows about a ZIM file in its list.
type Book struct {
	Title       string // required
	Description string // empty means the title
	Language    string // BCP 47; empty means English
}

// zimWriter is the program of the openZIM project that writes ZIM files.
const zimWriter = "zimwriterfs"

// ErrNoZIMWriter is returned if the program that writes ZIM files is missing.
var ErrNoZIMWriter = errors.New("zimwriterfs is missing, the program that writes ZIM files: install it (Debian: apt-get install zim-tools; see https://github.com/openzim/zim-tools)")

// WriteZIM writes the files of an offline site as a ZIM file, for Kiwix. ZIM
// files have a random identifier, so that two of them never have the same
// bytes.
func WriteZIM(ctx context.Context, to io.Writer, files []publish.File, book Book) (err error) {
	program, err := exec.LookPath(zimWriter)
	if err != nil {
		return ErrNoZIMWriter
	}
	work, err := os.MkdirTemp("", "casebook-zim-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	site, out := filepath.Join(work, "site"), filepath.Join(work, "site.zim")
	if err := writeFolder(ctx, site, files); err != nil {
		return err
	}
	icon, err := drawing.PNG(drawing.Icon(book.Title, iconSize, drawing.Colours{}))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(site, iconName), icon, 0o644); err != nil {
		return err
	}
	lang, err := language.Parse(cmp.Or(book.Language, "en"))
	if err != nil {
		return err
	}
	base, _ := lang.Base()
	cmd := exec.CommandContext(ctx, program, "--welcome="+index, "--illustration="+iconName, "--language="+base.ISO3(),
		"--name="+cmp.Or(slug(book.Title), "casebook"), "--title="+shorten(book.Title, 30), "--description="+shorten(cmp.Or(book.Description, book.Title), 80),
		"--creator="+book.Title, "--publisher="+book.Title, site, out)
	if message, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", zimWriter, err, bytes.TrimSpace(message))
	}
	made, err := os.Open(out)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, made)
	return errors.Join(err, made.Close())
}

func writeFolder(ctx context.Context, dir string, files []publish.File) error {
	return parallel.Each(ctx, len(files), func(i int) error {
		data, err := files[i].Bytes()
		if err != nil {
			return err
		}
		name := filepath.Join(dir, filepath.FromSlash(files[i].Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		return os.WriteFile(name, data, 0o644)
	})
}

const (
	iconName = "zim-icon.png"
	iconSize = 48 // pixels; the size that ZIM files must have
)

// shorten returns at most n characters of a text.
func shorten(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return strings.TrimSpace(string(runes[:n-1])) + "…"
	}
	return s
}

// slug returns a name of ASCII letters, digits and hyphens.
func slug(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, "-")
}
