// JPEG pictures.

package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// cleanJPEG keeps the segments that the picture needs (ITU-T T.81, annex B):
// tables, frame and scans, JFIF's density, the colours of the profile and Adobe's
// colour transform. Of Exif it keeps the orientation.
func cleanJPEG(data []byte, asset *Asset) error {
	if !bytes.HasPrefix(data, []byte{0xff, 0xd8, 0xff}) {
		return errors.New("its first bytes are of another format")
	}
	out := []byte{0xff, 0xd8}
	turned, width, height := 1, 0, 0
	wroteExif := false
	profileAt, profile := 0, jpegProfile{}
	for i := 2; ; {
		marker, next, err := jpegMarker(data, i)
		if err != nil {
			return err
		}
		i = next
		if marker == 0xd9 {
			out = append(out, 0xff, 0xd9)
			break
		}
		if len(data)-i < 2 || int(binary.BigEndian.Uint16(data[i:])) < 2 || len(data)-i < int(binary.BigEndian.Uint16(data[i:])) {
			return errors.New("it ends within a segment")
		}
		segment := data[i : i+int(binary.BigEndian.Uint16(data[i:]))]
		i += len(segment)
		payload := segment[2:]
		switch {
		case marker == 0xe0 && bytes.HasPrefix(payload, []byte("JFIF\x00")) && len(payload) >= 12:
			// Version and density; no thumbnail.
			out = append(append(append(out, 0xff, 0xe0, 0, 16), payload[:12]...), 0, 0)
		case marker == 0xe1 && bytes.HasPrefix(payload, []byte("Exif\x00\x00")):
			if o := orientation(payload[6:]); o != 1 && !wroteExif {
				turned, wroteExif = o, true
				exif := append([]byte("Exif\x00\x00"), exifOf(o)...)
				out = append(append(out, 0xff, 0xe1, 0, byte(len(exif)+2)), exif...)
			}
		case marker == 0xe2 && bytes.HasPrefix(payload, []byte(profileMark)):
			if profileAt == 0 {
				profileAt = len(out)
			}
			profile.add(payload[len(profileMark):])
		case marker == 0xee && bytes.HasPrefix(payload, []byte("Adobe")) && len(payload) >= adobeLength:
			out = append(append(out, 0xff, 0xee, 0, adobeLength+2), payload[:adobeLength]...)
		case marker == 0xdb, marker == 0xc4, marker == 0xcc, marker == 0xdd, marker == 0xdc, marker == 0xde, marker == 0xdf:
			out = append(append(out, 0xff, marker), segment...)
		case marker >= 0xe0 && marker <= 0xef, marker == 0xfe:
			// Other applications' segments and comments.
		case marker >= 0xc0 && marker <= 0xcf && marker != 0xc8:
			if len(payload) < 6 {
				return errors.New("its frame has no size")
			}
			if width != 0 {
				return errors.New("it has two frames")
			}
			height, width = int(binary.BigEndian.Uint16(payload[1:])), int(binary.BigEndian.Uint16(payload[3:]))
			out = append(append(out, 0xff, marker), segment...)
		case marker == 0xda:
			end := scanEnd(data, i)
			out = append(append(append(out, 0xff, marker), segment...), data[i:end]...)
			i = end
		default:
			return fmt.Errorf("it has a segment of the unknown kind 0x%02x", marker)
		}
	}
	asset.Data = slices.Insert(out, profileAt, profile.segments()...)
	width, height = shown(width, height, turned)
	return asset.setSize(width, height, 0)
}

const (
	profileMark = "ICC_PROFILE\x00"
	adobeLength = 12 // of Adobe's segment: "Adobe", version, flags and transform
)

// jpegProfile is a colour profile in segments: each begins with its number,
// counted from 1, and their count (ICC.1:2022, annex B.4).
type jpegProfile struct {
	data  []byte
	parts int
	wrong bool // a segment is missing or out of order
}

func (p *jpegProfile) add(part []byte) {
	if p.parts++; len(part) < 2 || int(part[0]) != p.parts || part[1] < part[0] || len(p.data) > maxProfile {
		p.wrong = true
		return
	}
	p.data = append(p.data, part[2:]...)
}

// segments returns the cleaned profile in segments, or nothing.
func (p *jpegProfile) segments() []byte {
	const most = 0xffff - 2 - len(profileMark) - 2
	if p.wrong {
		return nil
	}
	profile := cleanProfile(p.data)
	count := (len(profile) + most - 1) / most
	if count > 255 {
		return nil
	}
	var out []byte
	for i, part := range slices.Collect(slices.Chunk(profile, most)) {
		out = binary.BigEndian.AppendUint16(append(out, 0xff, 0xe2), uint16(2+len(profileMark)+2+len(part)))
		out = append(append(append(out, profileMark...), byte(i+1), byte(count)), part...)
	}
	return out
}

// jpegMarker reads the marker at i, with the fill bytes before it.
func jpegMarker(data []byte, i int) (marker byte, next int, err error) {
	if i >= len(data) || data[i] != 0xff {
		return 0, 0, errors.New("a segment is missing")
	}
	for i < len(data) && data[i] == 0xff {
		i++
	}
	if i >= len(data) {
		return 0, 0, errors.New("it has no end")
	}
	return data[i], i + 1, nil
}

// scanEnd returns the end of the coded data that begins at i: the next marker.
func scanEnd(data []byte, i int) int {
	for ; i+1 < len(data); i++ {
		if next := data[i+1]; data[i] == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7) {
			return i
		}
	}
	return len(data)
}
