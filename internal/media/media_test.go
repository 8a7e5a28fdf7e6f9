package media_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/webp"

	"casebook/internal/media"
)

// secret is metadata that must not be published.
const secret = "GPS 51.5N 0.1W Jane Smith"

func picture() image.Image {
	m := image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.Black, color.White, color.RGBA{R: 200, A: 255}})
	for i := range m.Pix {
		m.Pix[i] = uint8(i / 7 % 3)
	}
	return m
}

// exif returns an Exif block with an orientation and the secret.
func exif(orientation byte) []byte {
	return append([]byte{'I', 'I', '*', 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0}, secret...)
}

func segment(marker byte, payload string) string {
	return string([]byte{0xff, marker}) + string(binary.BigEndian.AppendUint16(nil, uint16(len(payload)+2))) + payload
}

func pngChunk(name string, payload []byte) string {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(payload)))
	out = append(append(out, name...), payload...)
	return string(binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:])))
}

func riff(chunks ...string) []byte {
	body := "WEBP" + strings.Join(chunks, "")
	return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body)
}

func riffChunk(name, payload string) string {
	out := name + string(binary.LittleEndian.AppendUint32(nil, uint32(len(payload)))) + payload
	if len(payload)%2 == 1 {
		out += "\x00"
	}
	return out
}

// vp8l is the bitstream of a lossless WebP picture of one pixel.
const vp8l = "\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07"

func vp8x(flags byte) string {
	return riffChunk("VP8X", string([]byte{flags, 0, 0, 0, 0, 0, 0, 0, 0, 0}))
}

func encode(t testing.TB, kind string) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&b, picture())
	case "jpg":
		err = jpeg.Encode(&b, picture(), nil)
	case "gif":
		frame := picture().(*image.Paletted)
		err = gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{5, 5}})
	case "webp":
		return riff(riffChunk("VP8L", vp8l))
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// profile returns a colour profile with the curve of one colour, and with texts.
func profile() string {
	b := make([]byte, 128, 300)
	copy(b[36:], "acsp")
	copy(b[80:], "Jane")
	b = binary.BigEndian.AppendUint32(b, 3)
	offset := uint32(len(b) + 3*12)
	for i, name := range []string{"desc", "rTRC", "priv"} {
		b = binary.BigEndian.AppendUint32(append(b, name...), offset+uint32(i)*28)
		b = binary.BigEndian.AppendUint32(b, 28)
	}
	for _, text := range []string{secret, "curve of red", secret} {
		b = append(b, (text + strings.Repeat("\x00", 28))[:28]...)
	}
	binary.BigEndian.PutUint32(b, uint32(len(b)))
	return string(b)
}

func compressed(s string) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// uncompressed returns data followed by the uncompressed colour profile of a PNG.
func uncompressed(data []byte) []byte {
	_, chunk, ok := bytes.Cut(data, []byte("iCCPicc\x00\x00"))
	if !ok {
		return data
	}
	r, err := zlib.NewReader(bytes.NewReader(chunk))
	if err != nil {
		return data
	}
	profile, _ := io.ReadAll(r)
	return slices.Concat(data, profile)
}

// laden returns a picture with metadata of all kinds.
func laden(t testing.TB, kind string, orientation byte) []byte {
	t.Helper()
	plain := string(encode(t, kind))
	switch kind {
	case "png":
		head, rest := plain[:33], plain[33:]
		return []byte(head + pngChunk("tEXt", []byte("Comment\x00"+secret)) + pngChunk("iTXt", []byte(secret)) + pngChunk("zTXt", []byte(secret)) +
			pngChunk("tIME", []byte(secret)) + pngChunk("gAMA", []byte{0, 0, 0xb1, 0x8f}) + pngChunk("pHYs", []byte("123456789"+secret)) + pngChunk("iCCP", append([]byte(secret[:20]+"\x00\x00"), compressed(profile())...)) + pngChunk("eXIf", exif(orientation)) + pngChunk("prVt", []byte(secret)) + rest + secret)
	case "jpg":
		return []byte(plain[:2] + segment(0xe0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x02\x02"+secret) + segment(0xe0, "JFXX\x00"+secret) + segment(0xe1, "Exif\x00\x00"+string(exif(orientation))) +
			segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00"+secret) + segment(0xe2, "MPF\x00"+secret) + segment(0xe2, "ICC_PROFILE\x00\x01\x01"+profile()) + segment(0xee, "Adobe\x00\x64\x00\x00\x00\x00\x01"+secret) +
			segment(0xed, "Photoshop 3.0\x00"+secret) + segment(0xfe, secret) + plain[2:] + secret)
	case "gif":
		i := 13
		if plain[10]&0x80 != 0 {
			i += 3 << (plain[10]&7 + 1)
		}
		return []byte(plain[:i] + "!\xfe" + string(rune(len(secret))) + secret + "\x00" + "!\xff\x0bXMP DataXMP" + string(rune(len(secret))) + secret + "\x00" +
			"!\xff\x0bNETSCAPE2.0" + string(rune(len(secret))) + secret + "\x00" + "!\x01\x00" + plain[i:] + secret)
	default:
		return append(riff(vp8x(0x2c), riffChunk("ICCP", profile()), riffChunk("VP8L", vp8l), riffChunk("EXIF", string(exif(orientation))), riffChunk("XMP ", secret), riffChunk("zzzz", secret)), secret...)
	}
}

func decode(t *testing.T, kind string, data []byte) any {
	t.Helper()
	var m any
	var err error
	switch kind {
	case "gif":
		m, err = gif.DecodeAll(bytes.NewReader(data))
	case "webp":
		m, err = webp.Decode(bytes.NewReader(data))
	default:
		m, _, err = image.Decode(bytes.NewReader(data))
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var kinds = []string{"png", "jpg", "gif", "webp"}

func TestMetadataIsRemoved(t *testing.T) {
	for _, kind := range kinds {
		plain, full := encode(t, kind), laden(t, kind, 1)
		asset, err := media.Check("photo."+kind, full)
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		for _, trace := range []string{secret, secret[:12], "Jane", "Exif", "EXIF", "XMP", "JFXX", "http"} {
			if bytes.Contains(uncompressed(asset.Data), []byte(trace)) {
				t.Errorf("%s: %q remains", kind, trace)
			}
		}
		if !reflect.DeepEqual(decode(t, kind, asset.Data), decode(t, kind, plain)) {
			t.Errorf("%s: the picture changed", kind)
		}
		if kind != "gif" && !bytes.Contains(uncompressed(asset.Data), []byte("curve of red")) {
			t.Errorf("%s: the colour profile is lost", kind)
		}
		if kind == "png" && !bytes.Contains(asset.Data, []byte("gAMA")) || kind == "gif" && !bytes.Contains(asset.Data, []byte("NETSCAPE")) {
			t.Errorf("%s: colours or animation are lost", kind)
		}
		again, err := media.Check("photo."+kind, asset.Data)
		if err != nil || !reflect.DeepEqual(again, asset) {
			t.Errorf("%s: a second check changes the file again: %v", kind, err)
		}
		clean, err := media.Check("photo."+kind, plain)
		if err != nil || clean.Width != asset.Width || clean.Height != asset.Height || kind != "webp" && (clean.Width != 40 || clean.Height != 30) {
			t.Errorf("%s: got %+v, %v", kind, clean, err)
		}
	}
}

func TestOrientationIsKept(t *testing.T) {
	for _, kind := range []string{"png", "jpg", "webp"} {
		asset, err := media.Check("photo."+kind, laden(t, kind, 6))
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if want := []byte{1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6}; !bytes.Contains(asset.Data, want) || bytes.Contains(asset.Data, []byte(secret)) {
			t.Errorf("%s: the orientation is lost, or other metadata remain", kind)
		}
		if kind != "webp" && (asset.Width != 30 || asset.Height != 40) {
			t.Errorf("%s: displayed as %d × %d", kind, asset.Width, asset.Height)
		}
	}
}

func archive(t testing.TB, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		m, err := w.CreateHeader(&zip.FileHeader{Name: members[i]})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Write([]byte(members[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	wordTypes = `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	pdf       = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
)

func docx(t testing.TB, more ...string) []byte {
	return archive(t, append([]string{"[Content_Types].xml", wordTypes, "word/document.xml", "<w/>"}, more...)...)
}

func TestDocuments(t *testing.T) {
	for name, data := range map[string][]byte{
		"a.pdf":  []byte(pdf),
		"a.docx": docx(t),
		"A.XLSX": archive(t, "[Content_Types].xml", "spreadsheetml.sheet.main+xml"),
		"a.odt":  archive(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<x/>"),
		"a.csv":  []byte("\ufeffcountry,cases,change\nUganda,3,-5\n\"Wales, UK\",4,+1.5%\n- none,0,0\n"),
		"a.txt":  []byte("Plans: 3 < 4.\r\n"),
		"b.txt":  nil,
	} {
		asset, err := media.Check(name, data)
		if err != nil || !bytes.Equal(asset.Data, data) || asset.Kind != media.Download {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRefused(t *testing.T) {
	p, j, g, w := string(encode(t, "png")), string(encode(t, "jpg")), string(encode(t, "gif")), string(encode(t, "webp"))
	html := "<!DOCTYPE html><script>alert(1)</script>"
	huge := string(make([]byte, media.MaxDownload))
	bomb := "\x89PNG\r\n\x1a\n" + pngChunk("IHDR", []byte{0, 1, 0, 0, 0, 1, 0, 0, 8, 2, 0, 0, 0}) + pngChunk("IDAT", nil) + pngChunk("IEND", nil)
	tests := []struct{ why, name, data, code string }{
		{"SVG", "a.svg", "<svg/>", "asset-type"},
		{"HTML", "a.html", html, "asset-type"},
		{"a script", "a.js", "alert(1)", "asset-type"},
		{"a program", "a.exe", "MZ", "asset-type"},
		{"no extension", "photo", p, "asset-type"},
		{"two extensions", "photo.png.svg", p, "asset-type"},
		{"a space", "photo.png ", p, "asset-type"},
		{"a picture of a telephone", "a.heic", "x", "asset-type"},
		{"a pointer of Git LFS", "a.png", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "asset-content"},
		{"nothing", "a.png", "", "asset-content"},
		{"HTML as PNG", "a.png", html, "asset-content"},
		{"SVG as PNG", "a.png", "<svg onload=alert(1)>", "asset-content"},
		{"JPEG as PNG", "a.png", j, "asset-content"},
		{"PNG as JPEG", "a.jpg", p, "asset-content"},
		{"WebP as GIF", "a.gif", w, "asset-content"},
		{"GIF as WebP", "a.webp", g, "asset-content"},
		{"PDF as JPEG", "a.jpeg", pdf, "asset-content"},
		{"a script that begins as GIF", "a.gif", "GIF89a=1;alert(1)//", "asset-content"},
		{"a script that begins as JPEG", "a.jpg", "\xff\xd8\xff=1;alert(1)", "asset-content"},
		{"another RIFF", "a.webp", "RIFF\x04\x00\x00\x00WAVE        ", "asset-content"},
		{"half a PNG", "a.png", p[:len(p)/2], "asset-content"},
		{"half a JPEG", "a.jpg", j[:len(j)/2], "asset-content"},
		{"half a GIF", "a.gif", g[:len(g)/2], "asset-content"},
		{"half a WebP", "a.webp", w[:len(w)/2], "asset-content"},
		{"a damaged PNG", "a.png", p[:20] + "\x01" + p[21:], "asset-content"},
		{"a PNG without pixels", "a.png", "\x89PNG\r\n\x1a\n" + pngChunk("IHDR", make([]byte, 13)) + pngChunk("IEND", nil), "asset-content"},
		{"a pixel bomb", "a.png", bomb, "asset-size"},
		{"a large picture", "a.png", p + huge, "asset-size"},
		{"a large document", "a.pdf", pdf + huge, "asset-size"},
		{"HTML as PDF", "a.pdf", html, "asset-content"},
		{"PDF behind HTML", "a.pdf", html + pdf, "asset-content"},
		{"PDF without end", "a.pdf", "%PDF-1.7\n" + html, "asset-content"},
		{"PDF and archive", "a.pdf", pdf + string(docx(t)) + "%%EOF", "asset-content"},
		{"PDF with a script", "a.pdf", strings.Replace(pdf, "<<>>", "<</S/JavaScript/JS(x)>>", 1), "asset-active"},
		{"PDF that starts a program", "a.pdf", strings.Replace(pdf, "<<>>", "<</S/Launch>>", 1), "asset-active"},
		{"PDF as DOCX", "a.docx", pdf, "asset-content"},
		{"an archive as DOCX", "a.docx", string(archive(t, "a.txt", "x")), "asset-content"},
		{"DOCX as XLSX", "a.xlsx", string(docx(t)), "asset-content"},
		{"DOCX as ODT", "a.odt", string(docx(t)), "asset-content"},
		{"macros", "a.docx", string(docx(t, "word/vbaProject.bin", "x")), "asset-active"},
		{"a program inside", "a.docx", string(docx(t, "word/run.EXE", "x")), "asset-active"},
		{"macros in ODT", "a.odt", string(archive(t, "mimetype", "application/vnd.oasis.opendocument.text", "Basic/x.xml", "")), "asset-active"},
		{"a member outside", "a.docx", string(docx(t, "../../x.xml", "x")), "asset-content"},
		{"HTML before the archive", "a.docx", html + string(docx(t)), "asset-content"},
		{"HTML behind the archive", "a.docx", string(docx(t)) + html, "asset-content"},
		{"HTML as text", "a.txt", html, "asset-content"},
		{"HTML as CSV", "a.csv", "a,b\n" + html, "asset-content"},
		{"a shell script", "a.txt", "#!/bin/sh\n", "asset-content"},
		{"bytes as text", "a.txt", "\xff\xfe\x00a", "asset-content"},
		{"NUL in text", "a.txt", "a\x00b", "asset-content"},
		{"a formula", "a.csv", "a,\"=HYPERLINK(\"\"https://example.org\"\")\"\n", "asset-active"},
		{"a formula behind an invisible character", "a.csv", "a,\u200b=1+1\n", "asset-active"},
		{"a formula in full width", "a.csv", "a,＝SUM(A1)\n", "asset-active"},
		{"a formula behind a sign", "a.csv", "a;-2+cmd|' /C calc'!A0\n", "asset-active"},
	}
	for _, test := range tests {
		asset, err := media.Check(test.name, []byte(test.data))
		var refused *media.Error
		if !errors.As(err, &refused) || asset != nil {
			t.Errorf("%s: accepted (%v)", test.why, err)
			continue
		}
		if refused.Code != test.code || refused.Message == "" || refused.Hint == "" {
			t.Errorf("%s: got %+v, want %s", test.why, refused, test.code)
		}
	}
}

// TestHintsSayWhatToDo checks the messages and hints for common mistakes.
func TestHintsSayWhatToDo(t *testing.T) {
	for _, test := range []struct{ name, data, message, hint string }{
		{"a.HEIC", "x", `files with the extension "heic" are not published`, "save it as JPEG, with the extension .jpg"},
		{"a.bmp", "x", "", "save it as JPEG, with the extension .jpg"},
		{"a.tiff", "x", "", "save it as JPEG, with the extension .jpg"},
		{"a.svg", "<svg/>", "", "save it as PNG: drawings in this format can hold a program"},
		{"a.doc", "x", "", "save it as .docx or PDF"},
		{"a.mp4", "x", "", "publish it on a site for films or sound, and link to it"},
		{"a.zzz", "x", "", "or delete it; published are csv, docx, gif, jpeg, jpg, odp, ods, odt, pdf, png, pptx, txt, webp, xlsx"},
		{"a.exe", "x", "", "belong to a theme"},
		{"notes", "x", "", "give it the extension of what it is"},
		{"a.md.bak", "x", "", "it is an old copy"},
		{"a.xml", "x", "", "save the data as CSV"},
		{"a.url", "x", "", "write what it says in the text"},
		{"a.jpg", strings.Repeat("x", 10_868_199), "the file has 10.9 MB; at most 2 MB", "save it with fewer pixels: 1600 across is enough for any page"},
		{"a.pdf", strings.Repeat("x", 10_868_199), "the file has 10.9 MB; at most 10 MB", ""},
		{"a.jpg", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "this is a pointer that Git LFS leaves, not the file itself", "run: git lfs pull; or add the file to the repository without Git LFS"},
	} {
		_, err := media.Check(test.name, []byte(test.data))
		var refused *media.Error
		if !errors.As(err, &refused) || test.message != "" && refused.Message != test.message || !strings.Contains(refused.Hint, test.hint) {
			t.Errorf("%s: %+v", test.name, err)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, kind := range kinds {
		f.Add("a."+kind, encode(f, kind))
		f.Add("a."+kind, laden(f, kind, 6))
	}
	f.Add("a.pdf", []byte(pdf))
	f.Add("a.docx", docx(f))
	f.Add("a.csv", []byte("a,b\n"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		given := bytes.Clone(data)
		asset, err := media.Check(name, data)
		if !bytes.Equal(data, given) {
			t.Error("Check changed its argument")
		}
		if err != nil {
			var refused *media.Error
			if !errors.As(err, &refused) {
				t.Errorf("got %T", err)
			}
			return
		}
		// A JFIF header, an orientation or the padding of a chunk can add a few bytes.
		if len(asset.Data) > len(data)+64 {
			t.Errorf("%d bytes became %d", len(data), len(asset.Data))
		}
		again, err := media.Check(name, asset.Data)
		if err != nil || !reflect.DeepEqual(again, asset) {
			t.Errorf("a second check differs: %v", err)
		}
	})
}
