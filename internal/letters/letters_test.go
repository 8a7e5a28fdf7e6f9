package letters_test

import (
	"fmt"

	"casebook/internal/letters"
)

func ExamplePlain() {
	for _, r := range "łøßæɛé" {
		fmt.Printf("%c %q\n", r, letters.Plain(r))
	}
	// Output:
	// ł "l"
	// ø "o"
	// ß "ss"
	// æ "ae"
	// ɛ "e"
	// é ""
}
