package cache

// The binary encoding of values.

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"sync"
	"unsafe"
)

// Encode appends the encoding of a value to b and returns the result. The type must
// consist of structs, pointers, slices, arrays, strings, booleans and numbers;
// Encode panics for other types. It encodes every field, including unexported ones,
// so that none can be forgotten.
func Encode[T any](b []byte, value *T) []byte {
	v := reflect.ValueOf(value).Elem()
	return codecOf(v.Type()).encode(b, v)
}

// Decode decodes data, which Encode made of a value of the same type, into value.
// The strings of the value share the memory of data.
func Decode[T any](data string, value *T) error {
	v := reflect.ValueOf(value).Elem()
	d := &decoder{rest: data}
	codecOf(v.Type()).decode(d, v)
	if d.damaged || d.rest != "" {
		return errDamaged
	}
	return nil
}

var errDamaged = errors.New("the value is damaged")

// A codec encodes and decodes one type.
type codec struct {
	encode func(b []byte, v reflect.Value) []byte
	decode func(d *decoder, v reflect.Value)
}

// decoder reads from a string. After it finds damage, all that it reads is zero.
type decoder struct {
	rest    string
	damaged bool
}

func (d *decoder) uint() (value uint64) {
	for i := range min(len(d.rest), binary.MaxVarintLen64) {
		c := d.rest[i]
		value |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			d.rest = d.rest[i+1:]
			return value
		}
	}
	d.rest, d.damaged = "", true
	return 0
}

// length reads a length. It reports damage if fewer bytes are left, since each
// counted element takes at least one byte.
func (d *decoder) length() int {
	n := d.uint()
	if n > uint64(len(d.rest)) {
		d.rest, d.damaged = "", true
		return 0
	}
	return int(n)
}

func (d *decoder) bytes(n int) string {
	if n > len(d.rest) {
		d.rest, d.damaged = "", true
		return ""
	}
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

// codecs caches the codec of each type.
var codecs sync.Map // reflect.Type → codec

func codecOf(t reflect.Type) codec {
	if c, ok := codecs.Load(t); ok {
		return c.(codec)
	}
	c := newCodec(t)
	codecs.Store(t, c)
	return c
}

func newCodec(t reflect.Type) codec {
	switch t.Kind() {
	case reflect.Struct:
		return structCodec(t)
	case reflect.Pointer:
		return pointerCodec(t)
	case reflect.Slice:
		return sliceCodec(t)
	case reflect.Array:
		return arrayCodec(t)
	case reflect.String:
		return codec{
			func(b []byte, v reflect.Value) []byte {
				s := v.String()
				return append(binary.AppendUvarint(b, uint64(len(s))), s...)
			},
			func(d *decoder, v reflect.Value) { v.SetString(d.bytes(d.length())) },
		}
	case reflect.Bool:
		return codec{
			func(b []byte, v reflect.Value) []byte {
				if v.Bool() {
					return append(b, 1)
				}
				return append(b, 0)
			},
			func(d *decoder, v reflect.Value) { v.SetBool(d.uint() == 1) },
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return codec{
			func(b []byte, v reflect.Value) []byte { return binary.AppendUvarint(b, uint64(v.Int())) },
			func(d *decoder, v reflect.Value) { v.SetInt(int64(d.uint())) },
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return codec{
			func(b []byte, v reflect.Value) []byte { return binary.AppendUvarint(b, v.Uint()) },
			func(d *decoder, v reflect.Value) { v.SetUint(d.uint()) },
		}
	case reflect.Float64:
		return codec{
			func(b []byte, v reflect.Value) []byte {
				return binary.AppendUvarint(b, math.Float64bits(v.Float()))
			},
			func(d *decoder, v reflect.Value) { v.SetFloat(math.Float64frombits(d.uint())) },
		}
	default:
		panic(fmt.Sprintf("a %s cannot be kept in the cache", t))
	}
}

func structCodec(t reflect.Type) codec {
	fields := make([]codec, t.NumField())
	for i := range fields {
		fields[i] = codecOf(t.Field(i).Type)
	}
	return codec{
		func(b []byte, v reflect.Value) []byte {
			for i, field := range fields {
				b = field.encode(b, v.Field(i))
			}
			return b
		},
		func(d *decoder, v reflect.Value) {
			for i, field := range fields {
				f := v.Field(i)
				if !f.CanSet() { // an unexported field can be set only through its address
					f = reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem()
				}
				field.decode(d, f)
			}
		},
	}
}

// pointerCodec encodes nil as 0, and any other pointer as 1 followed by the value
// that it points to.
func pointerCodec(t reflect.Type) codec {
	element := codecOf(t.Elem())
	return codec{
		func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return append(b, 0)
			}
			return element.encode(append(b, 1), v.Elem())
		},
		func(d *decoder, v reflect.Value) {
			if d.uint() == 1 {
				v.Set(reflect.New(t.Elem()))
				element.decode(d, v.Elem())
			}
		},
	}
}

// sliceCodec encodes nil as 0, and any other slice as its length plus one, followed
// by the elements, each of which takes at least one byte. Byte slices are encoded
// as their length and bytes.
func sliceCodec(t reflect.Type) codec {
	if t.Elem().Kind() == reflect.Uint8 {
		return codec{
			func(b []byte, v reflect.Value) []byte {
				return append(binary.AppendUvarint(b, uint64(v.Len())), v.Bytes()...)
			},
			func(d *decoder, v reflect.Value) { v.SetBytes([]byte(d.bytes(d.length()))) },
		}
	}
	element := codecOf(t.Elem())
	return codec{
		func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return append(b, 0)
			}
			b = binary.AppendUvarint(b, uint64(v.Len())+1)
			for i := range v.Len() {
				b = element.encode(b, v.Index(i))
			}
			return b
		},
		func(d *decoder, v reflect.Value) {
			n := d.uint()
			if n == 0 {
				return
			}
			if n-1 > uint64(len(d.rest)) {
				d.rest, d.damaged = "", true
				return
			}
			v.Set(reflect.MakeSlice(t, int(n-1), int(n-1)))
			for i := range int(n - 1) {
				element.decode(d, v.Index(i))
			}
		},
	}
}

func arrayCodec(t reflect.Type) codec {
	if t.Elem().Kind() == reflect.Uint8 {
		return codec{
			func(b []byte, v reflect.Value) []byte { return append(b, v.Bytes()...) }, // Bytes needs an addressable array, which values passed to Encode are
			func(d *decoder, v reflect.Value) { copy(v.Bytes(), d.bytes(t.Len())) },
		}
	}
	element := codecOf(t.Elem())
	return codec{
		func(b []byte, v reflect.Value) []byte {
			for i := range v.Len() {
				b = element.encode(b, v.Index(i))
			}
			return b
		},
		func(d *decoder, v reflect.Value) {
			for i := range v.Len() {
				element.decode(d, v.Index(i))
			}
		},
	}
}
