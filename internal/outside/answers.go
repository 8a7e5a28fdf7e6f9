// Answers that are kept, so that the same page is not requested again on every
// check.

package outside

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"time"

	"casebook/internal/changeset"
)

// How long a kept answer is valid, and how many bytes of answers are read.
const (
	goodFor    = 7 * 24 * time.Hour
	badFor     = 24 * time.Hour
	maxAnswers = 32 << 20
)

// readAnswers reads the kept answers that are still valid. It returns none if
// the file is missing or damaged.
func readAnswers(name string, now time.Time) map[string]answer {
	kept := map[string]answer{}
	if name == "" {
		return kept
	}
	file, err := os.Open(name)
	if err != nil {
		return kept
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxAnswers))
	if err != nil || json.Unmarshal(data, &kept) != nil {
		return map[string]answer{}
	}
	for address, a := range kept {
		age := now.Sub(a.At)
		if good := a.Status > 0 && a.Status < 400; age < 0 || age > goodFor || !good && age > badFor {
			delete(kept, address)
		}
	}
	return kept
}

// writeAnswers writes the answers and those of the kept ones that are still
// valid, which another knowledge base may have requested. It does not keep
// failures to reach a host, so that the next check tries again.
func writeAnswers(name string, kept, answers map[string]answer) error {
	if name == "" {
		return nil
	}
	for address, a := range answers {
		if a.Failure == "" {
			kept[address] = a
		}
	}
	data, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return changeset.ReplaceFile(name, 0o600, changeset.Bytes(data))
}
