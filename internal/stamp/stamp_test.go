package stamp_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"casebook/internal/stamp"
)

func TestSettled(t *testing.T) {
	whole := time.Unix(1_790_000_000, 0)
	for _, row := range []struct {
		changed time.Time
		after   time.Duration
		want    bool
	}{
		{whole, 2 * time.Second, false}, // on FAT, a change one moment later may have the same time
		{whole, 2*time.Second + 1, true},
		{whole.Add(1), stamp.Fine, false},
		{whole.Add(1), stamp.Fine + 1, true},
		{whole.Add(1), -time.Hour, false}, // the clock was put back
	} {
		s := stamp.Stamp{Changed: row.changed.UnixNano()}
		if got := s.Settled(row.changed.Add(row.after)); got != row.want {
			t.Errorf("changed at %v, read %v later: %v, want %v", row.changed, row.after, got, row.want)
		}
	}
}

// TestOf checks that the stamp of a file differs after an edit that keeps its size and its
// modification time.
func TestOf(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	old := time.Now().Add(-time.Hour)
	write := func(text string) stamp.Stamp {
		t.Helper()
		if err := os.WriteFile(file+"~", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file+"~", old, old); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(file+"~", file); err != nil {
			t.Fatal(err)
		}
		info, err := os.Lstat(file)
		if err != nil {
			t.Fatal(err)
		}
		return stamp.Of(info)
	}
	before := write("before")
	if after := write("after!"); after == before {
		if after.Inode == 0 {
			t.Skip("this system shows no inode")
		}
		t.Errorf("both have the stamp %v", after)
	}
}
