// Smaller copies of pictures, for small screens.

package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"slices"

	"golang.org/x/image/webp"
)

// Limits on pictures that are decoded to make copies. Larger ones are published
// without copies.
const (
	MaxCopied = 16_000_000 // pixels: 64 MB in memory, at worst four times as much
	MaxScans  = 32         // of a JPEG: each scan takes as long as the whole picture
)

// copyWidths are the widths of copies in pixels: from the width of a phone to the
// width of the text column on a high-resolution screen.
var copyWidths = [...]int{480, 800, 1200, 1600}

const (
	copyQuality = 80 // JPEG quality, out of 100
	worthwhile  = 90 // largest size of a copy, in percent of the next larger one
)

// Copy is a smaller copy of a picture.
type Copy struct {
	Extension string // "jpg" or "png"
	Width     int    // as shown
	Data      []byte
}

// Copies makes smaller copies of a picture that [Check] returned, sorted by
// width. A copy is narrower by at least a fifth and smaller by at least a tenth.
// Orientation and colour profile stay. Animations, GIFs and CMYK pictures have no
// copies. The same picture gives the same bytes on every machine. The error is
// always an [*Error].
func (a *Asset) Copies() ([]Copy, error) {
	if a.Kind != Image || a.Width*4/5 < copyWidths[0] {
		return nil, nil
	}
	if pixels := a.Width * a.Height; pixels > MaxCopied {
		return nil, uncopied("it has %s million pixels; at most %s million are made smaller", millions(pixels), millions(MaxCopied))
	}
	extension, about, err := a.copyable()
	if extension == "" || err != nil {
		return nil, err
	}
	picture, err := a.decode()
	if err != nil {
		return nil, uncopied("it cannot be decoded: %v", err)
	}
	if _, inks := picture.(*image.CMYK); inks {
		return nil, nil
	}
	if opaque, ok := picture.(interface{ Opaque() bool }); a.Type == "image/webp" && ok && !opaque.Opaque() {
		extension = "png"
	}
	var copies []Copy
	least := len(a.Data)
	for _, width := range slices.Backward(copyWidths[:]) {
		if width > a.Width*4/5 {
			continue
		}
		// A picture that is turned when shown is scaled as it is stored; its
		// orientation is copied.
		size := picture.Bounds().Size()
		scaled := shrink(picture, max(1, size.X*width/a.Width), max(1, size.Y*width/a.Width))
		data, err := encode(scaled, extension, about)
		if err != nil {
			return nil, uncopied("%v", err)
		}
		if len(data) <= least*worthwhile/100 {
			copies = append(copies, Copy{extension, width, data})
			least = len(data)
		}
	}
	slices.Reverse(copies)
	return copies, nil
}

func uncopied(format string, args ...any) *Error {
	return &Error{"asset-copies", "no smaller copy of the picture is made for small screens: " + fmt.Sprintf(format, args...), "save it again, with fewer pixels: 1600 across is enough for any page"}
}

// copyable returns the format of copies, "" if there can be none, and the
// segments of a JPEG or chunks of a PNG that are copied unchanged.
func (a *Asset) copyable() (extension string, about []byte, err error) {
	switch a.Type {
	case "image/jpeg":
		scans := 0
		for i := 2; i+4 <= len(a.Data) && a.Data[i] == 0xff && a.Data[i+1] != 0xd9; {
			marker, end := a.Data[i+1], i+2+int(binary.BigEndian.Uint16(a.Data[i+2:]))
			switch marker {
			case 0xe1, 0xe2: // orientation and colour profile; Check removed everything else
				about = append(about, a.Data[i:end]...)
			case 0xda:
				scans++
				end = scanEnd(a.Data, end)
			}
			i = end
		}
		if scans > MaxScans {
			return "", nil, uncopied("it has %d scans; up to %d are allowed", scans, MaxScans)
		}
		return "jpg", about, nil
	case "image/png":
		for i := len(pngSignature); i < len(a.Data); {
			chunk := a.Data[i : i+12+int(binary.BigEndian.Uint32(a.Data[i:]))]
			switch string(chunk[4:8]) {
			case "acTL":
				return "", nil, nil
			case "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "eXIf":
				about = append(about, chunk...)
			}
			i += len(chunk)
		}
		return "png", about, nil
	case "image/webp":
		// With a profile, an orientation or frames there are more chunks than one.
		if size := 20 + int(binary.LittleEndian.Uint32(a.Data[16:])); size+size%2 != len(a.Data) {
			return "", nil, nil
		}
		return "jpg", nil, nil
	default:
		return "", nil, nil
	}
}

func (a *Asset) decode() (image.Image, error) {
	switch a.Type {
	case "image/jpeg":
		return jpeg.Decode(bytes.NewReader(a.Data))
	case "image/png":
		return png.Decode(bytes.NewReader(a.Data))
	default:
		picture, err := webp.Decode(bytes.NewReader(a.Data))
		stretch(picture)
		return picture, err
	}
}

// stretch converts the samples of a lossy WebP in place. They are in the range of
// video, 16 to 235 for brightness and 16 to 240 for colour (RFC 6386, 9.2), but
// image.YCbCr means the full range: white would become grey.
func stretch(picture image.Image) {
	var p *image.YCbCr
	switch picture := picture.(type) {
	case *image.YCbCr:
		p = picture
	case *image.NYCbCrA:
		p = &picture.YCbCr
	default:
		return
	}
	var brightness, colour [256]uint8
	for i := range 256 {
		brightness[i] = fullRange(i-16, 219, 0)
		colour[i] = fullRange(i-128, 224, 128)
	}
	for i, y := range p.Y {
		p.Y[i] = brightness[y]
	}
	for i := range p.Cb {
		p.Cb[i], p.Cr[i] = colour[p.Cb[i]], colour[p.Cr[i]]
	}
}

// fullRange scales a distance from zero, in a range of the given size, to 255.
func fullRange(distance, from, zero int) uint8 {
	return uint8(min(max(zero+int(math.Round(float64(distance)*255/float64(from))), 0), 255))
}

// shrink scales a picture down: each pixel is the mean of the pixels that it
// replaces. It uses integers, because golang.org/x/image/draw does the same in
// floating point, which processors round differently.
func shrink(picture image.Image, width, height int) *image.RGBA {
	from := picture.Bounds()
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	row := image.NewRGBA(image.Rect(0, 0, from.Dx(), 1))
	across := make([]uint64, 4*width) // one row of the source, made narrower
	sums := make([]uint64, 4*width)   // of the rows that make one row of the copy
	area := uint64(from.Dx()) * uint64(from.Dy())
	y := 0
	for i := range from.Dy() {
		draw.Draw(row, row.Rect, picture, image.Pt(from.Min.X, from.Min.Y+i), draw.Src)
		narrow(across, row.Pix, from.Dx(), width)
		// Row i of the source is the stretch from i × height to (i + 1) × height, row y of the copy
		// that from y × source height to (y + 1) × source height.
		for start, end := i*height, (i+1)*height; start < end; {
			stop := min(end, (y+1)*from.Dy())
			for k, v := range across {
				sums[k] += v * uint64(stop-start)
			}
			if start = stop; start == (y+1)*from.Dy() {
				for k, v := range sums {
					small.Pix[y*small.Stride+k] = uint8((v + area/2) / area)
					sums[k] = 0
				}
				y++
			}
		}
	}
	return small
}

// narrow sums the pixels of a row in width equal parts.
func narrow(sums []uint64, pixels []uint8, from, width int) {
	clear(sums)
	x := 0
	for i := range from {
		for start, end := i*width, (i+1)*width; start < end; {
			stop := min(end, (x+1)*from)
			for c := range 4 {
				sums[4*x+c] += uint64(pixels[4*i+c]) * uint64(stop-start)
			}
			if start = stop; start == (x+1)*from {
				x++
			}
		}
	}
}

// encode encodes a picture, and inserts the copied segments or chunks after its
// header.
func encode(picture image.Image, extension string, about []byte) ([]byte, error) {
	var b bytes.Buffer
	at := 2 // after a JPEG's first marker
	var err error
	switch extension {
	case "jpg":
		err = jpeg.Encode(&b, picture, &jpeg.Options{Quality: copyQuality})
	case "png":
		at = len(pngSignature) + 12 + 13 // after the header
		err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, picture)
	default:
		err = errors.New("copies are JPEG or PNG")
	}
	if err != nil {
		return nil, err
	}
	return slices.Insert(b.Bytes(), at, about...), nil
}
