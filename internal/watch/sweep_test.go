//go:build sweep

package watch_test

import "testing"

func TestFoldersCreatedAndFilledSweep(t *testing.T) { foldersMadeAndFilled(t, 1000) }
func TestFoldersRenamedSweep(t *testing.T)          { foldersRenamed(t, 100) }
func TestManyFilesAtOnceSweep(t *testing.T)         { manyFilesAtOnce(t, 20_000) }
func TestBranchSwitchSweep(t *testing.T)            { branchSwitch(t, 5000, 2000, 6) }
