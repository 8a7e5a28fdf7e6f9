package rename

// Writing a plan.

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"casebook/internal/changeset"
)

// Write makes the changes in the content folder. After an error the folder is as
// it was.
func (p *Plan) Write(folder string) error {
	return changeset.Apply(folder, func(c *changeset.Changes) error {
		for file, text := range p.texts {
			err := c.Edit(filepath.FromSlash(file), func(found []byte) ([]byte, error) {
				if string(found) != string(p.before[file]) {
					return nil, fmt.Errorf("%s has changed meanwhile: try again", file)
				}
				return text, nil
			})
			if err != nil {
				return err
			}
		}
		for _, m := range p.Moves {
			err := c.Move(filepath.FromSlash(m.From), filepath.FromSlash(m.To))
			if errors.Is(err, fs.ErrExist) {
				return fmt.Errorf("there is a file %s already", m.To)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
