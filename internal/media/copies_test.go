package media_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"casebook/internal/media"
)

// scene returns a picture that compresses badly. It is always the same.
func scene(width, height int) *image.RGBA {
	random := rand.New(rand.NewPCG(1, 2))
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.SetRGBA(x, y, color.RGBA{uint8(x * 255 / width), uint8(y * 255 / height), uint8(random.Uint32()), 255})
		}
	}
	return m
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func copiesOf(t testing.TB, name string, data []byte) []media.Copy {
	t.Helper()
	asset, err := media.Check(name, data)
	if err != nil {
		t.Fatal(err)
	}
	copies, err := asset.Copies()
	if err != nil {
		t.Fatal(err)
	}
	return copies
}

func sizes(copies []media.Copy) string {
	var b strings.Builder
	for _, c := range copies {
		m, kind, err := image.Decode(bytes.NewReader(c.Data))
		if err != nil {
			return err.Error()
		}
		fmt.Fprintf(&b, "%d: %s %d×%d; ", c.Width, kind, m.Bounds().Dx(), m.Bounds().Dy())
	}
	return b.String()
}

func TestCopies(t *testing.T) {
	photo := jpegOf(t, scene(2000, 1000))
	turned := []byte(string(photo[:2]) + segment(0xe1, "Exif\x00\x00"+string(exif(6))) + segment(0xe2, "ICC_PROFILE\x00\x01\x01"+profile()) + string(photo[2:]))
	flat := image.NewPaletted(image.Rect(0, 0, 1000, 500), color.Palette{color.White, color.Black})
	for _, test := range []struct {
		name, file string
		data       []byte
		want       string
	}{
		{"a photo", "a.jpg", photo, "480: jpeg 480×240; 800: jpeg 800×400; 1200: jpeg 1200×600; 1600: jpeg 1600×800; "},
		{"a turned photo, 1000 wide as shown", "a.jpg", turned, "480: jpeg 960×480; 800: jpeg 1600×800; "},
		{"a drawing", "a.png", pngOf(t, scene(1000, 500)), "480: png 480×240; 800: png 800×400; "},
		{"a small photo", "a.jpg", jpegOf(t, scene(590, 100)), ""},
		{"a drawing that only grows", "a.png", pngOf(t, flat), ""},
	} {
		if got := sizes(copiesOf(t, test.file, test.data)); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
	for _, c := range copiesOf(t, "a.jpg", turned) {
		if again, err := media.Check("a.jpg", c.Data); err != nil || again.Width != c.Width || !bytes.Contains(c.Data, []byte("curve of red")) {
			t.Errorf("the copy of width %d is displayed with width %d, or has lost its colours: %v", c.Width, again.Width, err)
		}
	}
}

// TestWebPKeepsItsColours decodes a lossy WebP that is white above and black below, with noise between
// them so that a copy is smaller.
func TestWebPKeepsItsColours(t *testing.T) {
	data, err := os.ReadFile("testdata/white-black.webp")
	if err != nil {
		t.Fatal(err)
	}
	c := copiesOf(t, "a.webp", data)
	if len(c) == 0 {
		t.Fatal("there is no copy")
	}
	m, err := jpeg.Decode(bytes.NewReader(c[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	for y, want := range map[int]uint8{4: 255, m.Bounds().Dy() - 4: 0} {
		if got := color.RGBAModel.Convert(m.At(100, y)).(color.RGBA); got != (color.RGBA{want, want, want, 255}) {
			t.Errorf("line %d is %v, want %d", y, got, want)
		}
	}
}

// TestCopiesAreTheSameEverywhere compares the pixels of copies with those of another
// machine.
func TestCopiesAreTheSameEverywhere(t *testing.T) {
	sum := sha256.New()
	for _, c := range copiesOf(t, "a.png", pngOf(t, scene(1111, 333))) {
		m, err := png.Decode(bytes.NewReader(c.Data))
		if err != nil {
			t.Fatal(err)
		}
		sum.Write(m.(*image.RGBA).Pix)
	}
	if got := hex.EncodeToString(sum.Sum(nil))[:16]; got != "42d589bb45480161" {
		t.Errorf("the pixels of the copies have the hash %s: this processor or a library calculates differently", got)
	}
}

// TestCopiesShowTheSame compares each pixel of a copy with the mean of the pixels
// that it replaces.
func TestCopiesShowTheSame(t *testing.T) {
	source := scene(960, 640)
	c := copiesOf(t, "a.png", pngOf(t, source))[0]
	m, err := png.Decode(bytes.NewReader(c.Data))
	if err != nil || c.Width != 480 {
		t.Fatal(c.Width, err)
	}
	for y := range 320 {
		for x := range 480 {
			var want [3]int
			for _, p := range []image.Point{{2 * x, 2 * y}, {2*x + 1, 2 * y}, {2 * x, 2*y + 1}, {2*x + 1, 2*y + 1}} {
				at := source.RGBAAt(p.X, p.Y)
				want[0], want[1], want[2] = want[0]+int(at.R), want[1]+int(at.G), want[2]+int(at.B)
			}
			got := color.RGBAModel.Convert(m.At(x, y)).(color.RGBA)
			if int(got.R) != (want[0]+2)/4 || int(got.G) != (want[1]+2)/4 || int(got.B) != (want[2]+2)/4 {
				t.Fatalf("pixel %d, %d is %v, not a quarter of %v", x, y, got, want)
			}
		}
	}
}

// progressive returns a JPEG of width × height with many empty scans.
func progressive(width, height uint16, scans int) []byte {
	size := binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, height), width)
	frame := segment(0xc2, "\x08"+string(size)+"\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00")
	quant := segment(0xdb, "\x00"+strings.Repeat("\x01", 64))
	codes := segment(0xc4, "\x00"+"\x01"+strings.Repeat("\x00", 15)+"\x00") + segment(0xc4, "\x10"+"\x01"+strings.Repeat("\x00", 15)+"\xe0")
	var b strings.Builder
	b.WriteString("\xff\xd8" + quant + frame + codes)
	for range scans {
		b.WriteString(segment(0xda, "\x01\x01\x00\x01\x3f\x00") + strings.Repeat("\x00", 40))
	}
	b.WriteString("\xff\xd9")
	return []byte(b.String())
}

// TestPicturesThatAreNotCopied checks that pictures that cannot be decoded, or that take
// too much time to decode, have no copies.
func TestPicturesThatAreNotCopied(t *testing.T) {
	for _, test := range []struct {
		name, file string
		data       []byte
	}{
		{"too many pixels", "a.png", pngOf(t, image.NewPaletted(image.Rect(0, 0, 16_001, 1000), color.Palette{color.Black}))},
		{"too many scans", "a.jpg", progressive(1000, 1000, media.MaxScans+1)},
		{"a torn photo", "a.jpg", append(jpegOf(t, scene(1000, 500))[:9000], 0xff, 0xd9)},
	} {
		asset, err := media.Check(test.file, test.data)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		_, err = asset.Copies()
		if refused := (*media.Error)(nil); !errors.As(err, &refused) || refused.Code != "asset-copies" {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func BenchmarkCopies(b *testing.B) {
	asset, err := media.Check("a.jpg", jpegOf(b, scene(2400, 1600)))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := asset.Copies(); err != nil {
			b.Fatal(err)
		}
	}
}
