// PNG pictures.

package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// cleanPNG keeps the chunks that the picture, its colours and its animation need
// (PNG, third edition, section 11). Of Exif it keeps the orientation.
func cleanPNG(data []byte, asset *Asset) error {
	if !bytes.HasPrefix(data, []byte(pngSignature)) {
		return errors.New("its first bytes are of another format")
	}
	out := []byte(pngSignature)
	turned, width, height, frames := 1, 0, 0, 0
	hasPixels := false
	for i := len(pngSignature); ; {
		if len(data)-i < 12 || uint64(len(data)-i-12) < uint64(binary.BigEndian.Uint32(data[i:])) {
			return errors.New("it ends within a chunk")
		}
		chunk := data[i : i+12+int(binary.BigEndian.Uint32(data[i:]))]
		i += len(chunk)
		name, payload := string(chunk[4:8]), chunk[8:len(chunk)-4]
		if (name == "IHDR") != (len(out) == len(pngSignature)) {
			return errors.New("its header is not at its beginning")
		}
		switch name {
		case "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "cICP", "mDCV", "cLLI", "bKGD", "hIST", "pHYs", "acTL", "fcTL", "fdAT":
			if crc32.ChecksumIEEE(chunk[4:len(chunk)-4]) != binary.BigEndian.Uint32(chunk[len(chunk)-4:]) {
				return fmt.Errorf("its chunk %s is damaged", name)
			}
			out = append(out, chunk...)
		case "eXIf":
			if o := orientation(payload); o != 1 && turned == 1 {
				turned = o
				out = appendPNG(out, "eXIf", exifOf(o))
			}
		default:
			if name[0]&0x20 == 0 {
				return fmt.Errorf("it needs the unknown chunk %q", name)
			}
		}
		switch {
		case name == "IHDR":
			if len(payload) != 13 {
				return errors.New("its header is damaged")
			}
			width, height = int(binary.BigEndian.Uint32(payload)), int(binary.BigEndian.Uint32(payload[4:]))
		case name == "IDAT":
			hasPixels = true
		case name == "fcTL":
			if len(payload) != 26 {
				return errors.New("a frame is damaged")
			}
			frames += area(binary.BigEndian.Uint32(payload[4:]), binary.BigEndian.Uint32(payload[8:]))
			frames = min(frames, MaxAnimation+1)
		}
		if name != "IEND" {
			continue
		}
		if !hasPixels {
			return errors.New("it holds no picture")
		}
		asset.Data = out
		width, height = shown(width, height, turned)
		return asset.setSize(width, height, frames)
	}
}

// area returns the pixels of one frame, at most one more than is allowed.
func area(width, height uint32) int {
	return int(min(uint64(width)*uint64(height), MaxAnimation+1))
}

func appendPNG(out []byte, name string, payload []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(payload)))
	start := len(out)
	out = append(append(out, name...), payload...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}
