// PNG pictures.

package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
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
			switch most, limited := pngLengths[name]; {
			case name == "IEND":
				out = appendPNG(out, name, nil)
			case name == "iCCP":
				if profile := cleanPNGProfile(payload); profile != nil {
					out = appendPNG(out, name, profile)
				}
			case !limited || len(payload) <= most:
				out = append(out, chunk...)
			}
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

// pngLengths are the greatest lengths in bytes of chunks about colours and size
// (PNG, third edition, section 11.3). A longer chunk holds something else.
var pngLengths = map[string]int{
	"tRNS": 256, "gAMA": 4, "cHRM": 32, "sRGB": 1, "sBIT": 4, "cICP": 4, "mDCV": 24, "cLLI": 8, "bKGD": 6, "hIST": 512, "pHYs": 9, "acTL": 8,
}

// cleanPNGProfile returns the payload of an iCCP chunk with a cleaned profile and
// without its name, or nil if it holds none.
func cleanPNGProfile(payload []byte) []byte {
	const stored = "icc\x00\x00" // name, and the method of compression: zlib
	_, rest, ok := bytes.Cut(payload, []byte{0})
	if !ok || len(rest) < 1 || rest[0] != 0 {
		return nil
	}
	reader, err := zlib.NewReader(bytes.NewReader(rest[1:]))
	if err != nil {
		return nil
	}
	profile, err := io.ReadAll(io.LimitReader(reader, maxProfile+1))
	if err != nil {
		return nil
	}
	if profile = cleanProfile(profile); profile == nil {
		return nil
	}
	out := bytes.NewBufferString(stored)
	writer := zlib.NewWriter(out)
	if _, err := writer.Write(profile); err != nil {
		return nil
	}
	if err := writer.Close(); err != nil {
		return nil
	}
	return out.Bytes()
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
