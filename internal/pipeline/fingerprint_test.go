package pipeline

import (
	"fmt"
	"reflect"
	"testing"

	"casebook/internal/site"
)

// TestFingerprintCoversEveryField changes each field that a page can have, and checks that the
// fingerprint changes: the key of a page must include all data that a template can show.
func TestFingerprintCoversEveryField(t *testing.T) {
	var prints fingerprinter
	for _, kind := range site.Kinds() {
		page := reflect.New(reflect.TypeOf(kind).Elem())
		fill(page.Elem(), 3)
		before := prints.of(page.Interface())
		if again := prints.of(page.Interface()); again != before {
			t.Errorf("%T: one page has two fingerprints", kind)
		}
		changes := 0
		change(page.Elem(), fmt.Sprintf("%T", kind), func(path string) {
			changes++
			prints.forget()
			if prints.of(page.Interface()) == before {
				t.Errorf("the fingerprint does not change with %s", path)
			}
		})
		if changes < 10 {
			t.Errorf("%T: only %d fields were changed", kind, changes)
		}
	}
}

func TestFingerprintIsUnambiguous(t *testing.T) {
	var prints fingerprinter
	seen := map[[32]byte]string{}
	for _, words := range [][]string{nil, {""}, {"", ""}, {"ab"}, {"a", "b"}, {"a", "", "b"}} {
		print := prints.of(&struct{ Words []string }{words})
		if other, ok := seen[print]; ok {
			t.Errorf("%q has the same fingerprint as %s", words, other)
		}
		seen[print] = fmt.Sprintf("%q", words)
	}
}

// fill sets all parts of a value to something that is not zero.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		if depth > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), depth-1)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), depth)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), depth)
			}
		}
	}
}

// change changes each plain field in turn, calls changed, and restores it. It omits the
// body of a page, which has its own hash.
func change(v reflect.Value, path string, changed func(path string)) {
	if v.Kind() == reflect.Pointer && v.Type() == bodyType {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			change(v.Elem(), path, changed)
		}
	case reflect.Slice:
		for i := range v.Len() {
			change(v.Index(i), fmt.Sprintf("%s[%d]", path, i), changed)
		}
	case reflect.Array:
		change(v.Index(0), path+"[0]", changed)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				change(v.Field(i), path+"."+v.Type().Field(i).Name, changed)
			}
		}
	case reflect.String:
		v.SetString("changed")
		changed(path)
		v.SetString("")
	case reflect.Bool:
		v.SetBool(true)
		changed(path)
		v.SetBool(false)
	case reflect.Int, reflect.Int64, reflect.Uint8:
		old := reflect.New(v.Type()).Elem()
		old.Set(v)
		if v.CanInt() {
			v.SetInt(v.Int() + 1)
		} else {
			v.SetUint(v.Uint() + 1)
		}
		changed(path)
		v.Set(old)
	}
}
