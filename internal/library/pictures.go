package library

import (
	"fmt"
	"path"
	"strings"

	"casebook/internal/problem"
)

// isDocument reports a file that can be linked to but not shown as a picture,
// by its name. What is published neither way is package media's to report.
func isDocument(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".md", ".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".csv", ".txt":
		return true
	}
	return false
}

// notAPicture is the problem of ![report](report.pdf), which a browser would
// show as a broken picture.
func notAPicture(destination string) problem.Problem {
	return problem.Problem{
		Code: "not-a-picture", Message: fmt.Sprintf("%q is not a picture", destination),
		Hint: "take the ! away to link to it",
	}
}
