// WebP pictures.

package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// cleanWebP keeps the chunks that the picture, its colour profile and its frames
// need (RFC 9649). Of Exif it keeps the orientation.
func cleanWebP(data []byte, asset *Asset) error {
	if len(data) < 20 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WEBP" {
		return errors.New("its first bytes are of another format")
	}
	size := uint64(binary.LittleEndian.Uint32(data[4:]))
	if size < 4 || size+8 > uint64(len(data)) {
		return errors.New("it ends within a chunk")
	}
	out := bytes.Clone(data[:12])
	width, height, pictures, frames, turned, extended := 0, 0, 0, 0, 1, -1
	hasProfile := false
	err := eachChunk(data[12:8+size], func(name string, payload []byte) error {
		switch name {
		case "VP8X":
			if len(out) != 12 || len(payload) != 10 {
				return errors.New("its header is damaged")
			}
			extended = len(out) + 8
			width, height = uint24(payload[4:])+1, uint24(payload[7:])+1
		case "VP8 ", "VP8L":
			w, h, err := bitstreamSize(name, payload)
			switch {
			case err != nil:
				return err
			case pictures > 0 || extended >= 0 && (w != width || h != height):
				return errors.New("it holds two pictures")
			}
			width, height = w, h
			pictures++
		case "ICCP":
			if payload = cleanProfile(payload); payload == nil || extended < 0 || hasProfile {
				return nil
			}
			hasProfile = true
		case "ALPH", "ANIM":
		case "ANMF":
			frame, pixels, err := cleanFrame(payload)
			if err != nil {
				return err
			}
			frames = min(frames+pixels, MaxAnimation+1)
			pictures++
			out = appendChunk(out, name, frame)
			return nil
		case "EXIF":
			if o := orientation(bytes.TrimPrefix(payload, []byte("Exif\x00\x00"))); o != 1 && extended >= 0 && turned == 1 {
				turned = o
				out = appendChunk(out, name, exifOf(o))
			}
			return nil
		default:
			return nil
		}
		out = appendChunk(out, name, payload)
		return nil
	})
	if err != nil {
		return err
	}
	if pictures == 0 {
		return errors.New("it holds no picture")
	}
	if extended >= 0 {
		const profile, exif, xmp = 0x20, 0x08, 0x04
		out[extended] &^= profile | exif | xmp
		if hasProfile {
			out[extended] |= profile
		}
		if turned != 1 {
			out[extended] |= exif
		}
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	asset.Data = out
	width, height = shown(width, height, turned)
	return asset.setSize(width, height, frames)
}

// bitstreamSize returns the size of a picture from the header of its bitstream.
func bitstreamSize(name string, payload []byte) (width, height int, err error) {
	switch {
	case name == "VP8 " && len(payload) >= 10 && string(payload[3:6]) == "\x9d\x01\x2a":
		return int(binary.LittleEndian.Uint16(payload[6:]) & 0x3fff), int(binary.LittleEndian.Uint16(payload[8:]) & 0x3fff), nil
	case name == "VP8L" && len(payload) >= 5 && payload[0] == 0x2f:
		bits := binary.LittleEndian.Uint32(payload[1:])
		return int(bits&0x3fff) + 1, int(bits>>14&0x3fff) + 1, nil
	}
	return 0, 0, fmt.Errorf("its chunk %q is damaged", name)
}

// cleanFrame keeps the pictures of one frame of an animation.
func cleanFrame(payload []byte) (frame []byte, pixels int, err error) {
	if len(payload) < 16 {
		return nil, 0, errors.New("a frame is damaged")
	}
	pixels = area(uint32(uint24(payload[6:])+1), uint32(uint24(payload[9:])+1))
	frame = bytes.Clone(payload[:16])
	err = eachChunk(payload[16:], func(name string, payload []byte) error {
		if name == "ALPH" || name == "VP8 " || name == "VP8L" {
			frame = appendChunk(frame, name, payload)
		}
		return nil
	})
	return frame, pixels, err
}

// eachChunk calls visit for each chunk of a RIFF body.
func eachChunk(data []byte, visit func(name string, payload []byte) error) error {
	for len(data) > 0 {
		if len(data) < 8 || uint64(len(data)-8) < uint64(binary.LittleEndian.Uint32(data[4:])) {
			return errors.New("it ends within a chunk")
		}
		length := int(binary.LittleEndian.Uint32(data[4:]))
		if err := visit(string(data[:4]), data[8:8+length]); err != nil {
			return err
		}
		data = data[min(8+length+length%2, len(data)):]
	}
	return nil
}

func appendChunk(out []byte, name string, payload []byte) []byte {
	out = append(out, name...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(payload)))
	out = append(out, payload...)
	if len(payload)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
