// ICC colour profiles (ICC.1:2022), of which only what colours need is kept.

package media

import (
	"encoding/binary"
	"slices"
)

// An ICC profile, big endian:
//
//	0     4   size of the profile
//	4   124   rest of the header; "acsp" at 36, an MD5 of the profile at 84 (16)
//	128   4   number of tags
//	132  12   for each tag: signature (4), offset (4), size (4)
//	…         data of the tags, each at a multiple of 4
const (
	profileHeader = 128
	profileTag    = 12
	maxTags       = 100
	maxProfile    = 4 << 20 // bytes
)

// colourTags are the tags that say how numbers become colours. Others hold texts,
// names, dates and private data.
var colourTags = []string{
	"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "kTRC", "wtpt", "chad", "chrm", "lumi", "cicp",
	"A2B0", "A2B1", "A2B2", "B2A0", "B2A1", "B2A2", "D2B0", "D2B1", "D2B2", "B2D0", "B2D1", "B2D2", "gamt",
}

// cleanProfile returns the profile with its colour tags only, or nil if it is not
// a profile. The result depends on the header and these tags only.
func cleanProfile(data []byte) []byte {
	if len(data) < profileHeader+4 || len(data) > maxProfile || string(data[36:40]) != "acsp" {
		return nil
	}
	count := int(binary.BigEndian.Uint32(data[profileHeader:]))
	if count > maxTags || len(data) < profileHeader+4+count*profileTag {
		return nil
	}
	type tag struct {
		name string
		data []byte
	}
	var tags []tag
	for i := range count {
		entry := data[profileHeader+4+i*profileTag:]
		name := string(entry[:4])
		offset, size := uint64(binary.BigEndian.Uint32(entry[4:])), uint64(binary.BigEndian.Uint32(entry[8:]))
		if offset+size > uint64(len(data)) {
			return nil
		}
		known := slices.ContainsFunc(tags, func(t tag) bool { return t.name == name })
		if slices.Contains(colourTags, name) && !known {
			tags = append(tags, tag{name, data[offset : offset+size]})
		}
	}
	if len(tags) == 0 {
		return nil
	}
	out := make([]byte, profileHeader+4+len(tags)*profileTag)
	copy(out, data[:profileHeader])
	clear(out[24:36])  // date of creation
	clear(out[48:64])  // manufacturer, model and attributes of the device
	clear(out[80:128]) // creator, MD5 and reserved bytes
	binary.BigEndian.PutUint32(out[profileHeader:], uint32(len(tags)))
	for i, t := range tags {
		entry := out[profileHeader+4+i*profileTag:]
		copy(entry, t.name)
		binary.BigEndian.PutUint32(entry[8:], uint32(len(t.data)))
		// Tags may share their data: the three curves of most profiles are one.
		if same := slices.IndexFunc(tags[:i], func(o tag) bool { return slices.Equal(o.data, t.data) }); same >= 0 {
			copy(entry[4:8], out[profileHeader+4+same*profileTag+4:])
			continue
		}
		binary.BigEndian.PutUint32(entry[4:], uint32(len(out)))
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	binary.BigEndian.PutUint32(out, uint32(len(out)))
	return out
}
