// Tables.

package word

import (
	"fmt"
	"slices"
	"strings"
)

// table returns a table. Its first row is the header. A table with one cell is
// a box around its text.
func (r *reader) table(t *element) []block {
	var rows [][]string
	var boxed []block
	columns, merged, inner := 0, false, false
	var readRows func(parent *element)
	readRows = func(parent *element) {
		for _, row := range parent.children {
			switch row.name {
			case "sdt":
				readRows(&element{children: row.child("sdtContent").all()})
			case "ins", "customXml":
				readRows(row)
			case "tr":
				if row.at("trPr", "del") != nil {
					r.note(Mapped, "deleted row", "tracked change, accepted")
					continue
				}
				var cells []string
				for _, cell := range r.cells(row) {
					blocks := r.blocks(cell)
					boxed = append(boxed, blocks...)
					inner = inner || slices.ContainsFunc(blocks, func(b block) bool { return b.kind == tableBlock })
					cells = append(cells, cellText(blocks))
					if merge := cell.at("tcPr", "vMerge"); merge != nil && merge.attr("val") != "restart" {
						merged = true
					}
					var span int
					fmt.Sscan(cell.child("tcPr").val("gridSpan"), &span)
					for range min(span-1, 63) {
						cells, merged = append(cells, ""), true
					}
				}
				rows, columns = append(rows, cells), max(columns, len(cells))
			}
		}
	}
	readRows(t)
	if len(rows) == 0 || columns == 0 {
		return nil
	}
	if len(rows) == 1 && columns == 1 {
		r.note(KeptAsText, "table of one cell", "its text stands without a box")
		return boxed
	}
	if merged {
		r.note(KeptAsText, "table with joined cells", "the text is in the first of them, the others are empty")
	}
	if inner {
		r.note(KeptAsText, "table within a table", "each of its rows is a line of the cell")
	}
	var b strings.Builder
	for i, cells := range rows {
		for range columns - len(cells) {
			cells = append(cells, "")
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
		if i == 0 {
			b.WriteString(strings.Repeat("|---", columns) + "|\n")
		}
	}
	return []block{{kind: tableBlock, text: strings.TrimSuffix(b.String(), "\n")}}
}

// all returns the child elements of e, which may be nil.
func (e *element) all() []*element {
	if e == nil {
		return nil
	}
	return e.children
}

// cells returns the cells of a row, including those inside controls.
func (r *reader) cells(row *element) []*element {
	var cells []*element
	for _, c := range row.children {
		switch c.name {
		case "tc":
			cells = append(cells, c)
		case "sdt":
			r.control(c)
			cells = append(cells, r.cells(&element{children: c.child("sdtContent").all()})...)
		case "ins", "customXml":
			cells = append(cells, r.cells(c)...)
		}
	}
	return cells
}

// cellText returns the text of a cell on one line.
func cellText(blocks []block) string {
	var lines []string
	for _, b := range blocks {
		text := b.text
		switch b.kind {
		case tableBlock: // a table inside a cell
			text = strings.NewReplacer("|---", "", "|\n", "\n", " | ", ", ", "| ", "").Replace(text + "\n")
		case itemBlock:
			text = "• " + text
			if b.item.number > 0 {
				text = fmt.Sprintf("%d\\. %s", b.item.number, b.text)
			}
		}
		for line := range strings.SplitSeq(strings.ReplaceAll(text, "\\\n", "\n"), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
	}
	text := strings.Join(lines, "<br>")
	var b strings.Builder
	for i, c := range text {
		if c == '|' && (i == 0 || text[i-1] != '\\') {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}
