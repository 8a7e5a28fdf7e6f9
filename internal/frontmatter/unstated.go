package frontmatter

// Words that people write where they have no value.

import (
	"fmt"
	"regexp"

	"go.yaml.in/yaml/v3"
)

// Words without a value. "NA" is not among them: it is the code of Namibia.
// Among them is what templates have in the place of a value.
var (
	notYet   = regexp.MustCompile(`(?i)^(n/a|n\.a\.?|tbc|tbd|todo|to do|to be (confirmed|decided|added)|[-–—?.…]+|x{3,}|<[^<>:@]*>|placeholder|untitled( document| page)?|lorem ipsum\b.*|\[?(insert|enter|type|add) (the |a |your )?(title|name|summary|text)( here)?\]?|\[?your (title|name|summary|text)\]?|\[?(title|name|summary|text) (goes )?here\]?)$`)
	unstated = regexp.MustCompile(`(?i)^(none|nil|null|unknown|unclear|not (yet )?(known|stated|reported|applicable|available|evaluated|assessed|recorded|decided|specified|given))$`)
)

// IsUnstated reports whether a text only says that there is no value, such as "n/a"
// or "not known".
func IsUnstated(text string) bool { return notYet.MatchString(text) || unstated.MatchString(text) }

// reportUnstated reports a value that only says that there is none. In text for
// readers, "none" and "unknown" can be meant.
func (v valueType) reportUnstated(d *decoder, n *yaml.Node, text string) bool {
	free := v.prose && !v.names
	if isQuotedText(n) || !notYet.MatchString(text) && (free || !unstated.MatchString(text)) {
		return false
	}
	hint := "delete it: what is not known is left out"
	switch {
	case v.required && free:
		hint = "write the " + v.key + " in its place"
	case v.required:
		hint = "delete the whole entry: what is not known is left out"
	}
	d.fail(n, "empty-value", fmt.Sprintf("%q is no value of %s", Shorten(text), v.key), hint)
	return true
}

// isQuotedText reports whether a node is a text in quotation marks, which is meant
// as it is.
func isQuotedText(n *yaml.Node) bool {
	return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
}
