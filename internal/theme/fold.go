package theme

import (
	"html/template"
	"slices"
	"text/template/parse"
)

// fold writes strings without arguments into the text of an escaped template:
// much of what a page prints never changes. html/template has by then appended
// to each action the escapers that its place needs; actions in a place that
// needs more than the escaping of HTML stay as they are.
func fold(list *parse.ListNode, table *stringTable) {
	if list == nil {
		return
	}
	for i, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			if text, ok := constant(node.Pipe, table); ok {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: node.Pos, Text: []byte(template.HTMLEscapeString(text))}
			}
		case *parse.IfNode:
			fold(node.List, table)
			fold(node.ElseList, table)
		case *parse.RangeNode:
			fold(node.List, table)
			fold(node.ElseList, table)
		case *parse.WithNode:
			fold(node.List, table)
			fold(node.ElseList, table)
		}
	}
}

// constant is the string that the escaped pipeline {{t "key"}} prints.
func constant(pipe *parse.PipeNode, table *stringTable) (string, bool) {
	if len(pipe.Decl) > 0 || len(pipe.Cmds) != 2 || len(pipe.Cmds[0].Args) != 2 || len(pipe.Cmds[1].Args) != 1 {
		return "", false
	}
	function, key := pipe.Cmds[0].Args[0], pipe.Cmds[0].Args[1]
	name, ok := key.(*parse.StringNode)
	if !ok || function.String() != "t" {
		return "", false
	}
	escapers := []string{"_html_template_htmlescaper", "_html_template_attrescaper", "_html_template_rcdataescaper"}
	if !slices.Contains(escapers, pipe.Cmds[1].Args[0].String()) {
		return "", false
	}
	text, err := table.say(name.Text)
	return text, err == nil
}
