package render

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

// value is an expression of a known type.
type value struct {
	typ      reflect.Type // nil: only its truth is known
	eval     func(f *frame, dot reflect.Value) reflect.Value
	text     func(f *frame, dot reflect.Value) string // of a string, where that is faster
	truth    func(f *frame, dot reflect.Value) bool   // where that is faster than to ask its value
	constant bool                                     // neither frame nor dot is looked at
	number   bool                                     // an untyped constant
}

// constantValue is a value that never changes.
func constantValue(v reflect.Value) value {
	return value{typ: v.Type(), constant: true, eval: func(*frame, reflect.Value) reflect.Value { return v }}
}

// commands compiles a pipeline: each command but the first is given the value
// of the one before as its last argument.
func (c *Compiler) commands(pipe *parse.PipeNode, commands []*parse.CommandNode, dot reflect.Type) value {
	var last *value
	for _, command := range commands {
		v := c.command(command, last, dot)
		last = &v
	}
	if last == nil {
		c.unsupported(pipe, "an empty pipeline")
	}
	return *last
}

func (c *Compiler) command(command *parse.CommandNode, last *value, dot reflect.Type) value {
	first := command.Args[0]
	var args []value
	for _, arg := range command.Args[1:] {
		args = append(args, c.argument(arg, dot))
	}
	if last != nil {
		args = append(args, *last)
	}
	switch first := first.(type) {
	case *parse.IdentifierNode:
		return c.function(first, args)
	case *parse.FieldNode:
		return c.chain(first, dotValue(dot), first.Ident, args)
	case *parse.VariableNode:
		return c.chain(first, c.variable(first), first.Ident[1:], args)
	case *parse.ChainNode:
		return c.chain(first, c.argument(first.Node, dot), first.Field, args)
	}
	if len(args) > 0 {
		c.unsupported(command, "arguments to %s", first)
	}
	return c.argument(first, dot)
}

// argument compiles an operand.
func (c *Compiler) argument(node parse.Node, dot reflect.Type) value {
	switch node := node.(type) {
	case *parse.DotNode:
		return dotValue(dot)
	case *parse.FieldNode:
		return c.chain(node, dotValue(dot), node.Ident, nil)
	case *parse.VariableNode:
		return c.chain(node, c.variable(node), node.Ident[1:], nil)
	case *parse.ChainNode:
		return c.chain(node, c.argument(node.Node, dot), node.Field, nil)
	case *parse.PipeNode:
		if len(node.Decl) > 0 {
			c.unsupported(node, "a variable inside parentheses")
		}
		return c.commands(node, node.Cmds, dot)
	case *parse.IdentifierNode:
		return c.function(node, nil)
	case *parse.StringNode:
		return constantValue(reflect.ValueOf(node.Text))
	case *parse.BoolNode:
		return constantValue(reflect.ValueOf(node.True))
	case *parse.NumberNode:
		if !node.IsInt {
			c.unsupported(node, "the number %s", node)
		}
		v := constantValue(reflect.ValueOf(int(node.Int64)))
		v.number = true
		return v
	}
	c.unsupported(node, "%s as a value", node)
	return value{}
}

func dotValue(dot reflect.Type) value {
	return value{typ: dot, eval: func(_ *frame, dot reflect.Value) reflect.Value { return dot }}
}

func (c *Compiler) variable(node *parse.VariableNode) value {
	known := c.lookup(node)
	return value{typ: known.typ, eval: func(f *frame, _ reflect.Value) reflect.Value { return f.vars[known.slot] }}
}

// chain compiles .A.B.C args: the arguments are for the last name.
func (c *Compiler) chain(node parse.Node, v value, names []string, args []value) value {
	for i, name := range names {
		if i < len(names)-1 {
			v = c.member(node, v, name, nil)
		} else {
			v = c.member(node, v, name, args)
		}
	}
	if len(names) == 0 && len(args) > 0 {
		c.unsupported(node, "arguments to %s", node)
	}
	return v
}

// member compiles a method or a field.
func (c *Compiler) member(node parse.Node, v value, name string, args []value) value {
	if v.typ == nil {
		c.unsupported(node, ".%s of nothing known", name)
	}
	if m, ok := v.typ.MethodByName(name); ok {
		return c.method(node, v, m, args)
	}
	if m, ok := reflect.PointerTo(v.typ).MethodByName(name); ok {
		eval := v.eval
		address := func(f *frame, dot reflect.Value) reflect.Value {
			v := eval(f, dot)
			if !v.CanAddr() {
				panic(failure{fmt.Errorf("%s: .%s is a method of a pointer, and this is a copy", node, name)})
			}
			return v.Addr()
		}
		return c.method(node, value{typ: reflect.PointerTo(v.typ), eval: address}, m, args)
	}
	base, pointer := v.typ, false
	if base.Kind() == reflect.Pointer {
		base, pointer = base.Elem(), true
	}
	if base.Kind() != reflect.Struct {
		c.unsupported(node, ".%s of a %v", name, v.typ)
	}
	field, ok := base.FieldByName(name)
	if !ok || !field.IsExported() || len(args) > 0 {
		c.unsupported(node, ".%s of a %v", name, v.typ)
	}
	eval := v.eval
	return value{typ: field.Type, eval: func(f *frame, dot reflect.Value) reflect.Value {
		v := eval(f, dot)
		if pointer {
			if v.IsNil() {
				panic(failure{fmt.Errorf("%s: nil pointer where .%s is wanted", node, name)})
			}
			v = v.Elem()
		}
		for i, index := range field.Index {
			if i > 0 && v.Kind() == reflect.Pointer { // an embedded pointer
				if v.IsNil() {
					panic(failure{fmt.Errorf("%s: nil pointer where .%s is wanted", node, name)})
				}
				v = v.Elem()
			}
			v = v.Field(index)
		}
		return v
	}}
}

// method compiles the call of a method; html/template calls one of a nil
// pointer too.
func (c *Compiler) method(node parse.Node, v value, m reflect.Method, args []value) value {
	receiver := value{typ: v.typ, eval: v.eval}
	return c.call(node, m.Name, m.Func, append([]value{receiver}, args...))
}

// truth compiles whether a value counts as true.
func (c *Compiler) truth(node parse.Node, v value) func(f *frame, dot reflect.Value) bool {
	if v.truth != nil {
		return v.truth
	}
	if v.typ == nil {
		c.unsupported(node, "a value of no known type")
	}
	decide, eval := c.truthOf(node, v.typ), v.eval
	return func(f *frame, dot reflect.Value) bool { return decide(eval(f, dot)) }
}

// truthOf is text/template's IsTrue for a type.
func (c *Compiler) truthOf(node parse.Node, t reflect.Type) func(reflect.Value) bool {
	switch t.Kind() {
	case reflect.Bool:
		return reflect.Value.Bool
	case reflect.String, reflect.Slice, reflect.Array:
		return func(v reflect.Value) bool { return v.Len() > 0 }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(v reflect.Value) bool { return v.Int() != 0 }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(v reflect.Value) bool { return v.Uint() != 0 }
	case reflect.Float32, reflect.Float64:
		return func(v reflect.Value) bool { return v.Float() != 0 }
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }
	case reflect.Struct:
		return func(reflect.Value) bool { return true }
	}
	c.unsupported(node, "the truth of a %v", t)
	return nil
}
