// GIF pictures.

package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// cleanGIF keeps the frames with their timing, and the extension that repeats
// the animation (https://www.w3.org/Graphics/GIF/spec-gif89a.txt).
func cleanGIF(data []byte, asset *Asset) error {
	if !bytes.HasPrefix(data, []byte("GIF87a")) && !bytes.HasPrefix(data, []byte("GIF89a")) {
		return errors.New("its first bytes are of another format")
	}
	if len(data) < 13 {
		return errGIFEnd
	}
	width, height := binary.LittleEndian.Uint16(data[6:]), binary.LittleEndian.Uint16(data[8:])
	i := 13 + colourTable(data[10])
	if i > len(data) {
		return errGIFEnd
	}
	out := bytes.Clone(data[:i])
	frames := 0
	for {
		start := i
		if i >= len(data) {
			return errGIFEnd
		}
		keep := true
		switch data[i] {
		case ';':
			if frames == 0 {
				return errors.New("it holds no picture")
			}
			asset.Data = append(out, ';')
			return asset.setSize(int(width), int(height), frames)
		case ',':
			if len(data)-i < 11 {
				return errGIFEnd
			}
			frames += area(uint32(binary.LittleEndian.Uint16(data[i+5:])), uint32(binary.LittleEndian.Uint16(data[i+7:])))
			frames = min(max(frames, 1), MaxAnimation+1)
			i += 11 + colourTable(data[i+9])
		case '!':
			if len(data)-i < 3 {
				return errGIFEnd
			}
			application := data[i+3 : min(i+3+int(data[i+2]), len(data))]
			// Graphic control is 0xf9; a looping extension holds three bytes and an end.
			keep = data[i+1] == 0xf9 || data[i+1] == 0xff && isLoop(application)
			i += 2
		default:
			return fmt.Errorf("it has a block of the unknown kind 0x%02x", data[i])
		}
		for {
			if i >= len(data) {
				return errGIFEnd
			}
			length := int(data[i])
			i += 1 + length
			if length == 0 {
				break
			}
		}
		if data[start] == '!' && data[start+1] == 0xff && i-start != 19 {
			keep = false // other data under the name of the looping extension
		}
		if keep {
			out = append(out, data[start:i]...)
		}
	}
}

var errGIFEnd = errors.New("it ends within a block")

func isLoop(application []byte) bool {
	return string(application) == "NETSCAPE2.0" || string(application) == "ANIMEXTS1.0"
}

// colourTable returns the size in bytes of the colour table that the flags
// declare.
func colourTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}
