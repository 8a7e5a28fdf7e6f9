package render

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"
)

// function compiles the call of a function by name.
func (c *Compiler) function(node *parse.IdentifierNode, args []value) value {
	if f, ok := c.source.Funcs[node.Ident]; ok {
		return c.call(node, node.Ident, reflect.ValueOf(f), args)
	}
	switch node.Ident {
	case "and", "or":
		return c.andOr(node, args)
	case "not":
		return c.not(node, args)
	case "eq", "ne", "lt", "le", "gt", "ge":
		return c.compare(node, args)
	case "len":
		return c.length(node, args)
	case "print":
		return c.call(node, node.Ident, reflect.ValueOf(fmt.Sprint), args)
	case "printf":
		return c.call(node, node.Ident, reflect.ValueOf(fmt.Sprintf), args)
	}
	c.unsupported(node, "the function %s", node.Ident)
	return value{}
}

var (
	errorType        = reflect.TypeFor[error]()
	reflectValueType = reflect.TypeFor[reflect.Value]()
)

// call compiles the call of a Go function with the arguments that text/template
// would give it. One whose arguments are all constants is called now.
func (c *Compiler) call(node parse.Node, name string, fn reflect.Value, args []value) value {
	t := fn.Type()
	fixed := t.NumIn()
	if t.IsVariadic() {
		fixed--
	}
	if len(args) < fixed || len(args) > fixed && !t.IsVariadic() {
		c.unsupported(node, "%d arguments to %s", len(args), name)
	}
	constant := true
	convert := make([]func(reflect.Value) reflect.Value, len(args))
	for i, arg := range args {
		param := t.In(min(i, t.NumIn()-1))
		if i >= fixed {
			param = param.Elem()
		}
		convert[i] = c.converter(node, arg, param)
		constant = constant && arg.constant
	}
	call := func(f *frame, dot reflect.Value) reflect.Value {
		in := make([]reflect.Value, len(args))
		for i, arg := range args {
			in[i] = convert[i](arg.eval(f, dot))
		}
		return safely(name, fn, in)
	}
	if t.NumOut() == 0 || t.NumOut() > 2 || t.NumOut() == 2 && t.Out(1) != errorType {
		c.unsupported(node, "what %s returns", name)
	}
	if constant {
		return constantValue(call(nil, reflect.Value{}))
	}
	v := value{typ: t.Out(0), eval: call}
	in := func(f *frame, dot reflect.Value, i int) reflect.Value { return convert[i](args[i].eval(f, dot)) }
	// Calls of these types are the most frequent. A call through package reflect
	// takes several times as long.
	switch fn := fn.Interface().(type) {
	case func(string, reflect.Value) string:
		v.text = func(f *frame, dot reflect.Value) string { return fn(in(f, dot, 0).String(), args[1].eval(f, dot)) }
	case func(string) string:
		v.text = func(f *frame, dot reflect.Value) string { return fn(in(f, dot, 0).String()) }
	case func(string, ...any) (string, error):
		v.text = func(f *frame, dot reflect.Value) string {
			rest := make([]any, len(args)-1)
			for i := range rest {
				rest[i] = in(f, dot, i+1).Interface()
			}
			text, err := fn(in(f, dot, 0).String(), rest...)
			if err != nil {
				panic(failure{fmt.Errorf("%s: %w", name, err)})
			}
			return text
		}
	case func(string, string, string) bool:
		v.truth = func(f *frame, dot reflect.Value) bool {
			return fn(in(f, dot, 0).String(), in(f, dot, 1).String(), in(f, dot, 2).String())
		}
	}
	return v
}

// safely calls a function; that it panics, as a method of a nil pointer may, is
// an error like the one that it returns.
func safely(name string, fn reflect.Value, in []reflect.Value) reflect.Value {
	defer func() {
		if r := recover(); r != nil {
			panic(failure{fmt.Errorf("%s: %v", name, r)})
		}
	}()
	out := fn.Call(in)
	if len(out) == 2 && !out[1].IsNil() {
		panic(out[1].Interface())
	}
	return out[0]
}

// converter makes an argument fit a parameter as text/template does.
func (c *Compiler) converter(node parse.Node, arg value, param reflect.Type) func(reflect.Value) reflect.Value {
	t := arg.typ
	switch {
	case t == nil:
	case param == reflectValueType && t != reflectValueType:
		return func(v reflect.Value) reflect.Value { return reflect.ValueOf(v) }
	case arg.number && t.ConvertibleTo(param) && isInteger(param):
		return func(v reflect.Value) reflect.Value { return v.Convert(param) }
	case t.AssignableTo(param):
		return func(v reflect.Value) reflect.Value { return v }
	case t.Kind() == reflect.Pointer && t.Elem().AssignableTo(param):
		return func(v reflect.Value) reflect.Value {
			if v.IsNil() {
				panic(failure{fmt.Errorf("%s: nil pointer as an argument", node)})
			}
			return v.Elem()
		}
	}
	c.unsupported(node, "a %v where a %v is wanted", t, param)
	return nil
}

func isInteger(t reflect.Type) bool {
	return reflect.Int <= t.Kind() && t.Kind() <= reflect.Uint64
}

// andOr compiles "and" and "or", which stop at the first argument that decides.
// Their value is one of the arguments; where those differ in type only the
// truth of it is known.
func (c *Compiler) andOr(node *parse.IdentifierNode, args []value) value {
	if len(args) == 0 {
		c.unsupported(node, "%s of nothing", node.Ident)
	}
	stopAt := node.Ident == "or"
	truths := make([]func(*frame, reflect.Value) bool, len(args))
	v := value{typ: args[0].typ}
	for i, arg := range args {
		truths[i] = c.truth(node, arg)
		if arg.typ != v.typ {
			v.typ = nil
		}
	}
	v.truth = func(f *frame, dot reflect.Value) bool {
		for _, truth := range truths {
			if truth(f, dot) == stopAt {
				return stopAt
			}
		}
		return !stopAt
	}
	if v.typ != nil {
		decide := c.truthOf(node, v.typ)
		v.eval = func(f *frame, dot reflect.Value) (last reflect.Value) {
			for _, arg := range args {
				if last = arg.eval(f, dot); decide(last) == stopAt {
					break
				}
			}
			return last
		}
	}
	return v
}

// boolean is a value that is true or false.
func boolean(truth func(f *frame, dot reflect.Value) bool) value {
	return value{
		typ: reflect.TypeFor[bool](), truth: truth,
		eval: func(f *frame, dot reflect.Value) reflect.Value { return reflect.ValueOf(truth(f, dot)) },
	}
}

func (c *Compiler) not(node *parse.IdentifierNode, args []value) value {
	if len(args) != 1 {
		c.unsupported(node, "not of %d arguments", len(args))
	}
	truth := c.truth(node, args[0])
	return boolean(func(f *frame, dot reflect.Value) bool { return !truth(f, dot) })
}

func (c *Compiler) length(node *parse.IdentifierNode, args []value) value {
	if len(args) != 1 || args[0].typ == nil || args[0].typ.Kind() != reflect.Slice && args[0].typ.Kind() != reflect.String {
		c.unsupported(node, "this len")
	}
	eval := args[0].eval
	return value{typ: reflect.TypeFor[int](), eval: func(f *frame, dot reflect.Value) reflect.Value {
		return reflect.ValueOf(eval(f, dot).Len())
	}}
}

// compare compiles eq, which takes several values to compare the first with,
// and its like, which take two, of strings and integers.
func (c *Compiler) compare(node *parse.IdentifierNode, args []value) value {
	if len(args) < 2 || len(args) > 2 && node.Ident != "eq" {
		c.unsupported(node, "%d arguments to %s", len(args), node.Ident)
	}
	kind := c.comparable(node, args[0])
	for _, arg := range args[1:] {
		if c.comparable(node, arg) != kind {
			c.unsupported(node, "a comparison of a %v with a %v", args[0].typ, arg.typ)
		}
	}
	var order func(a, b reflect.Value) int
	switch kind {
	case reflect.String:
		order = func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) }
	case reflect.Int:
		order = func(a, b reflect.Value) int { return cmp.Compare(a.Int(), b.Int()) }
	}
	accept := map[string]func(int) bool{
		"eq": func(o int) bool { return o == 0 },
		"ne": func(o int) bool { return o != 0 },
		"lt": func(o int) bool { return o < 0 },
		"le": func(o int) bool { return o <= 0 },
		"gt": func(o int) bool { return o > 0 },
		"ge": func(o int) bool { return o >= 0 },
	}[node.Ident]
	return boolean(func(f *frame, dot reflect.Value) bool {
		first := args[0].eval(f, dot)
		for _, arg := range args[1:] {
			if accept(order(first, arg.eval(f, dot))) {
				return true
			}
		}
		return false
	})
}

// comparable is String or Int for the types that compare knows.
func (c *Compiler) comparable(node parse.Node, v value) reflect.Kind {
	if v.typ != nil {
		switch kind := v.typ.Kind(); {
		case kind == reflect.String:
			return reflect.String
		case reflect.Int <= kind && kind <= reflect.Int64:
			return reflect.Int
		}
	}
	c.unsupported(node, "a comparison of a %v", v.typ)
	return 0
}
