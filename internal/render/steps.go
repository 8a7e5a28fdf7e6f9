package render

import (
	"reflect"
	"strings"
	"text/template/parse"
)

// list compiles nodes that follow each other; constant text in a row is one.
func (c *Compiler) list(list *parse.ListNode, dot reflect.Type) step {
	if list == nil {
		return func(*frame, reflect.Value) {}
	}
	var steps []step
	var text []byte
	flush := func() {
		if len(text) > 0 {
			steps = append(steps, constantText(text))
			text = nil
		}
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.TextNode:
			text = append(text, node.Text...)
		case *parse.CommentNode:
		case *parse.ActionNode:
			constant, s := c.action(node, dot)
			if s == nil {
				text = append(text, constant...)
				continue
			}
			flush()
			steps = append(steps, s)
		default:
			flush()
			steps = append(steps, c.node(node, dot))
		}
	}
	flush()
	if len(steps) == 1 {
		return steps[0]
	}
	return func(f *frame, dot reflect.Value) {
		for _, s := range steps {
			s(f, dot)
		}
	}
}

func constantText(text []byte) step {
	return func(f *frame, _ reflect.Value) { f.out = append(f.out, text...) }
}

func (c *Compiler) node(node parse.Node, dot reflect.Type) (s step) {
	switch node := node.(type) {
	case *parse.IfNode:
		c.scoped(func() { s = c.ifStep(node, dot) })
	case *parse.WithNode:
		c.scoped(func() { s = c.withStep(node, dot) })
	case *parse.RangeNode:
		c.scoped(func() { s = c.rangeStep(node, dot) })
	case *parse.TemplateNode:
		s = c.templateStep(node, dot)
	default:
		c.unsupported(node, "{{%s}}", node)
	}
	return s
}

// action compiles {{pipeline}}: a step, or without one what it always prints.
func (c *Compiler) action(node *parse.ActionNode, dot reflect.Type) (constant []byte, s step) {
	pipe := node.Pipe
	if len(pipe.Decl) > 0 {
		return nil, c.assign(pipe, c.commands(pipe, pipe.Cmds, dot))
	}
	n := len(pipe.Cmds)
	for n > 0 && isEscaper(pipe.Cmds[n-1]) {
		n--
	}
	var names []string
	for _, command := range pipe.Cmds[n:] {
		names = append(names, command.String())
	}
	e := c.escapers[strings.Join(names, " ")]
	if n == 0 || e == nil {
		c.unsupported(node, "a value in a place that needs %v", names)
	}
	v := c.commands(pipe, pipe.Cmds[:n], dot)
	if v.constant {
		var f frame
		e.step(v)(&f, reflect.Value{})
		return f.out, nil
	}
	if v.typ == nil {
		c.unsupported(node, "a value of no known type")
	}
	return nil, e.step(v)
}

func isEscaper(command *parse.CommandNode) bool {
	name, ok := command.Args[0].(*parse.IdentifierNode)
	return ok && len(command.Args) == 1 && strings.HasPrefix(name.Ident, "_html_template_")
}

// assign compiles the setting of the variable that a pipeline declares or changes.
func (c *Compiler) assign(pipe *parse.PipeNode, v value) step {
	if v.typ == nil || len(pipe.Decl) != 1 {
		c.unsupported(pipe, "a variable of no known type")
	}
	slot := 0
	if name := pipe.Decl[0].Ident[0]; !pipe.IsAssign {
		slot = c.declare(name, v.typ)
	} else {
		known := c.lookup(pipe.Decl[0])
		if known.typ != v.typ {
			c.unsupported(pipe, "%s is a %v and becomes a %v", name, known.typ, v.typ)
		}
		slot = known.slot
	}
	return func(f *frame, dot reflect.Value) { f.vars[slot] = v.eval(f, dot) }
}

func (c *Compiler) lookup(node *parse.VariableNode) variable {
	for i := len(c.scope) - 1; i >= 0; i-- {
		if c.scope[i].name == node.Ident[0] {
			return c.scope[i]
		}
	}
	c.unsupported(node, "there is no variable %s", node.Ident[0])
	return variable{}
}

// condition compiles the pipeline of an if or a with: the value to decide by,
// and the step, if any, that keeps it in a variable first.
func (c *Compiler) condition(pipe *parse.PipeNode, dot reflect.Type) (v value, set step) {
	v = c.commands(pipe, pipe.Cmds, dot)
	if len(pipe.Decl) == 0 {
		return v, nil
	}
	set = c.assign(pipe, v)
	slot := c.lookup(pipe.Decl[0]).slot
	return value{typ: v.typ, eval: func(f *frame, _ reflect.Value) reflect.Value { return f.vars[slot] }}, set
}

func (c *Compiler) ifStep(node *parse.IfNode, dot reflect.Type) step {
	v, set := c.condition(node.Pipe, dot)
	decide := c.truth(node.Pipe, v)
	var then, otherwise step
	c.scoped(func() { then = c.list(node.List, dot) })
	c.scoped(func() { otherwise = c.list(node.ElseList, dot) })
	return func(f *frame, dot reflect.Value) {
		if set != nil {
			set(f, dot)
		}
		if decide(f, dot) {
			then(f, dot)
		} else {
			otherwise(f, dot)
		}
	}
}

func (c *Compiler) withStep(node *parse.WithNode, dot reflect.Type) step {
	v, set := c.condition(node.Pipe, dot)
	if v.typ == nil {
		c.unsupported(node, "a value of no known type")
	}
	decide := c.truthOf(node.Pipe, v.typ)
	var then, otherwise step
	c.scoped(func() { then = c.list(node.List, v.typ) })
	c.scoped(func() { otherwise = c.list(node.ElseList, dot) })
	return func(f *frame, dot reflect.Value) {
		if set != nil {
			set(f, dot)
		}
		if inner := v.eval(f, dot); decide(inner) {
			then(f, inner)
		} else {
			otherwise(f, dot)
		}
	}
}

func (c *Compiler) rangeStep(node *parse.RangeNode, dot reflect.Type) step {
	v := c.commands(node.Pipe, node.Pipe.Cmds, dot)
	if v.typ == nil || v.typ.Kind() != reflect.Slice && v.typ.Kind() != reflect.Array {
		c.unsupported(node, "a range over a %v", v.typ)
	}
	if node.Pipe.IsAssign {
		c.unsupported(node, "a range that changes a variable")
	}
	index, element := -1, -1
	switch decl := node.Pipe.Decl; len(decl) {
	case 1:
		element = c.declare(decl[0].Ident[0], v.typ.Elem())
	case 2:
		index = c.declare(decl[0].Ident[0], reflect.TypeFor[int]())
		element = c.declare(decl[1].Ident[0], v.typ.Elem())
	}
	var each, none step
	c.scoped(func() { each = c.list(node.List, v.typ.Elem()) })
	c.scoped(func() { none = c.list(node.ElseList, dot) })
	return func(f *frame, dot reflect.Value) {
		list := v.eval(f, dot)
		n := list.Len()
		for i := range n {
			item := list.Index(i)
			if index >= 0 {
				f.vars[index] = reflect.ValueOf(i)
			}
			if element >= 0 {
				f.vars[element] = item
			}
			each(f, item)
		}
		if n == 0 {
			none(f, dot)
		}
	}
}

func (c *Compiler) templateStep(node *parse.TemplateNode, dot reflect.Type) step {
	v := value{eval: func(*frame, reflect.Value) reflect.Value { return reflect.Value{} }}
	if node.Pipe != nil {
		if len(node.Pipe.Decl) > 0 {
			c.unsupported(node, "a variable as the data of a template")
		}
		if v = c.commands(node.Pipe, node.Pipe.Cmds, dot); v.typ == nil {
			c.unsupported(node, "a value of no known type")
		}
	}
	p := c.program(node.Name, v.typ)
	return func(f *frame, dot reflect.Value) { p.call(f, v.eval(f, dot)) }
}
