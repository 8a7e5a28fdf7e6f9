// The list of all kinds of pages.

package site

import "slices"

// kind is one kind of page: its type, and which pages of it there are.
type kind struct {
	page Page         // an empty page of the type
	plan func(*maker) // plans all pages of the kind
}

// kinds lists all kinds of pages, family by family.
//
// To add a kind of page to a family, add its row, its type and its plan to the
// family's file, and its layout to the theme. A new family is a new file and one
// more name here.
func kinds() []kind {
	return slices.Concat(
		homeKinds(),
		principleKinds(),
		hallmarkKinds(),
		countryKinds(),
		disciplineKinds(),
		organisationKinds(),
		programmeKinds(),
		yearKinds(),
		listKinds(),
		caseKinds(),
		resourceKinds(),
		textKinds(),
		toolKinds(),
		formKinds(),
		dataKinds(),
		redirectKinds(),
	)
}

// Kinds returns an empty page of each type, against which a theme is checked.
func Kinds() []Page {
	var pages []Page
	for _, k := range kinds() {
		pages = append(pages, k.page)
	}
	return pages
}
