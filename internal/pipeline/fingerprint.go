package pipeline

// Fingerprints: hashes of the data that a page shows.

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"reflect"
	"sync"

	"casebook/internal/site"
)

// fingerprinter hashes plain data of any type. A page is rendered again exactly
// when the hash of its data changes. The hash covers every field, so no dependency
// can be forgotten.
type fingerprinter struct {
	plans  sync.Map // reflect.Type → plan
	shared sync.Map // pointer to a shared value → its hash
}

// forget lets go of the hashes of shared values, and of these values. It is called
// when all pages of a site have their fingerprints.
func (f *fingerprinter) forget() { f.shared.Clear() }

// isShared reports whether many pages hold a pointer of the type to one value, so
// that the value is worth a hash of its own.
func isShared(t reflect.Type) bool {
	return t == reflect.TypeFor[*site.Card]() || t == reflect.TypeFor[*site.Chrome]()
}

// plan appends an unambiguous encoding of a value to b.
type plan func(b []byte, v reflect.Value) []byte

// of returns the hash of the value that pointer points to.
func (f *fingerprinter) of(pointer any) [32]byte {
	v := reflect.ValueOf(pointer).Elem()
	return hashOf(f.plan(v.Type()), v)
}

// hashOf returns the hash of a value with its plan.
func hashOf(p plan, v reflect.Value) [32]byte {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	*buffer = append((*buffer)[:0], v.Type().Name()...)
	*buffer = p(*buffer, v)
	return sha256.Sum256(*buffer)
}

// buffers recycles the buffers for encodings.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

func (f *fingerprinter) plan(t reflect.Type) plan {
	if p, ok := f.plans.Load(t); ok {
		return p.(plan)
	}
	p := f.newPlan(t)
	f.plans.Store(t, p)
	return p
}

var bodyType = reflect.TypeFor[*site.Body]()

func (f *fingerprinter) newPlan(t reflect.Type) plan {
	switch t.Kind() {
	case reflect.Pointer:
		return f.pointerPlan(t)
	case reflect.Struct:
		return f.structPlan(t)
	case reflect.Slice, reflect.Array:
		element := f.plan(t.Elem())
		return func(b []byte, v reflect.Value) []byte {
			b = binary.AppendUvarint(b, uint64(v.Len()))
			for i := range v.Len() {
				b = element(b, v.Index(i))
			}
			return b
		}
	case reflect.String:
		return func(b []byte, v reflect.Value) []byte {
			s := v.String()
			return append(binary.AppendUvarint(b, uint64(len(s))), s...)
		}
	case reflect.Bool:
		return func(b []byte, v reflect.Value) []byte {
			if v.Bool() {
				return append(b, 1)
			}
			return append(b, 0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(b []byte, v reflect.Value) []byte { return binary.AppendVarint(b, v.Int()) }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(b []byte, v reflect.Value) []byte { return binary.AppendUvarint(b, v.Uint()) }
	default:
		// Maps have no order and interfaces have no static type; the data of a page
		// contains neither.
		panic(fmt.Sprintf("a page holds a %s, which has no fingerprint", t))
	}
}

func (f *fingerprinter) pointerPlan(t reflect.Type) plan {
	if t == bodyType { // a body has its own hash, see pageCache.page
		return func(b []byte, _ reflect.Value) []byte { return b }
	}
	element := f.plan(t.Elem())
	if isShared(t) {
		whole := element
		element = func(b []byte, v reflect.Value) []byte {
			pointer := v.Addr().UnsafePointer()
			hash, known := f.shared.Load(pointer)
			if !known {
				hash = hashOf(whole, v)
				f.shared.Store(pointer, hash)
			}
			sum := hash.([32]byte)
			return append(b, sum[:]...)
		}
	}
	return func(b []byte, v reflect.Value) []byte {
		if v.IsNil() {
			return append(b, 0)
		}
		return element(append(b, 1), v.Elem())
	}
}

func (f *fingerprinter) structPlan(t reflect.Type) plan {
	fields := make([]plan, t.NumField())
	for i := range fields {
		if t.Field(i).IsExported() { // templates cannot see unexported fields
			fields[i] = f.plan(t.Field(i).Type)
		}
	}
	return func(b []byte, v reflect.Value) []byte {
		for i, field := range fields {
			if field != nil {
				b = field(b, v.Field(i))
			}
		}
		return b
	}
}
