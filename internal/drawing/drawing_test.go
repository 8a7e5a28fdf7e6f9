package drawing

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"
)

func TestCanDraw(t *testing.T) {
	for text, want := range map[string]bool{
		"":                         true,
		"Łódź: a ward, 10–12 beds": true,
		"Ẹ kú iṣẹ́":                false, // the font has no glyph for a letter with both an accent and a dot below
		"Ọmọ ɓaure ƙasa":           true,
		"Đặt tên":                  true,
		"Больница Αθήνα":           true,
		"ရန်ကုန်":                  false,
		"نص":                       false,
		"עברית":                    false,
		"ሰላም":                      false,
		"A 🙂 face":                 false,
	} {
		if got := CanDraw(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func card(t testing.TB, c Card) []byte {
	t.Helper()
	data, err := c.PNG()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var hard = Card{
	Site: "Case studies of health partnership", Title: strings.Repeat("Governance of a maternity ward in Dodoma and London, ", 6),
	Note: "Tanzania · United Kingdom", Topic: "Flexible, resourceful and innovative", Number: 8,
}

// TestCardFits draws cards with more text than fits, and checks their margins and the
// size of their files.
func TestCardFits(t *testing.T) {
	for _, c := range []Card{hard, {Site: "A", Title: "B"}, {Site: strings.Repeat("W", 5000), Title: strings.Repeat("W", 5000), Note: strings.Repeat("W ", 5000), Topic: "ရန်"}} {
		data := card(t, c)
		if len(data) > 40_000 {
			t.Errorf("%.20q: %d bytes", c.Title, len(data))
		}
		picture, err := png.Decode(bytes.NewReader(data))
		if err != nil || picture.Bounds() != image.Rect(0, 0, CardWidth, CardHeight) {
			t.Errorf("%v %v", picture.Bounds(), err)
		}
		for y := range CardHeight {
			if r, _, _, _ := picture.At(CardWidth-margin/2, y).RGBA(); y > 20 && r>>8 != 0xfd {
				t.Fatalf("%.20q: the text reaches into the margin at line %d", c.Title, y)
			}
		}
	}
}

// TestSamePixels checks that a card and an icon have the same pixels on each machine. The
// hashes change with the font and with the drawing.
func TestSamePixels(t *testing.T) {
	for name, c := range map[string]struct {
		picture image.Image
		want    string
	}{
		"card": {desks.Get().(*desk).draw(hard), "e9deec1d24c877ed"},
		"icon": {Icon("Łódź", 192, Colours{Accent: "#060"}), "f4b38a4e0f809fab"},
		"ring": {Icon("ရန်", 192, Colours{}), "ad764e7f70f89766"},
	} {
		pixels := c.picture.(*image.Paletted)
		if got := fmt.Sprintf("%x", sha256.Sum256(pixels.Pix))[:16]; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func BenchmarkCard(b *testing.B) {
	for b.Loop() {
		card(b, hard)
	}
}
