package cache_test

import (
	"reflect"
	"testing"

	"casebook/internal/cache"

	"pgregory.net/rapid"
)

// everything has a field of each type that can be encoded.
type everything struct {
	Text    string
	Yes     bool
	Small   int8
	Number  int
	Large   uint64
	Weight  float64
	Hash    [4]byte
	Codes   [3]code
	Pair    [2]string
	Bytes   []byte
	List    []item
	Nested  item
	Pointer *item
	private string
}

type code byte

type item struct {
	Name string
	At   *int
}

func (e *everything) set() *everything {
	number := 0
	e.private = "seen too"
	e.List = []item{{"a", &number}, {}}
	return e
}

func TestEncode(t *testing.T) {
	for _, value := range []everything{
		{},
		{List: []item{}, Pointer: &item{}},
		*new(everything).set(),
		{Text: "é\x00", Yes: true, Small: -3, Number: -1 << 63, Large: 1<<64 - 1, Weight: -0.1, Hash: [4]byte{1, 2, 3, 255}, Codes: [3]code{0, 7, 255}, Pair: [2]string{"", "b"}, Bytes: []byte{0}, Nested: item{Name: "n"}},
	} {
		data := cache.Encode(nil, &value)
		var got everything
		if err := cache.Decode(string(data), &got); err != nil {
			t.Errorf("%+v: %v", value, err)
		}
		if value.Bytes == nil {
			value.Bytes = []byte{} // nil is decoded as empty; no other difference is lost
		}
		if !reflect.DeepEqual(got, value) {
			t.Errorf("got  %+v\nwant %+v", got, value)
		}
		for n := range data {
			if cache.Decode(string(data[:n]), new(everything)) == nil {
				t.Errorf("the first %d of %d bytes are decoded without an error", n, len(data))
			}
		}
	}
}

func TestEncodeAny(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.MapOf(rapid.String(), rapid.SliceOf(rapid.Int())).Draw(t, "value")
		type pair struct {
			Key    string
			Values []int
		}
		var pairs, got []pair
		for k, v := range value {
			pairs = append(pairs, pair{k, v})
		}
		if err := cache.Decode(string(cache.Encode(nil, &pairs)), &got); err != nil || !reflect.DeepEqual(got, pairs) {
			t.Fatalf("got %v, %v, want %v", got, err, pairs)
		}
	})
}

// TestEncodeRefuses checks that Encode panics for a type that it cannot encode.
func TestEncodeRefuses(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a map is encoded")
		}
	}()
	cache.Encode(nil, &map[string]int{})
}

// FuzzDecode checks that Decode does not panic, and that what it decodes can be encoded.
func FuzzDecode(f *testing.F) {
	f.Add("")
	f.Add(string(cache.Encode(nil, new(everything).set())))
	f.Add("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
	f.Fuzz(func(t *testing.T, data string) {
		var got everything
		if cache.Decode(data, &got) != nil {
			return
		}
		if again := new(everything); cache.Decode(string(cache.Encode(nil, &got)), again) != nil {
			t.Errorf("%q is decoded to a value that cannot be encoded and decoded again", data)
		}
	})
}
