package alipay

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"renzheng/providers/kit"
)

const (
	longestMaterial = 2_867_200 // characters, as documented
	deepestMaterial = 4         // objects within objects
)

// portrait returns the captured picture in material_info, a JSON object whose
// layout is not documented. It is the first JPEG or PNG under a name that contains
// "fac", as in face, or nil. Only its header is decoded.
func portrait(materialInfo string) []byte {
	if len(materialInfo) > longestMaterial {
		return nil
	}
	return pictureIn([]byte(materialInfo), deepestMaterial)
}

func pictureIn(object []byte, depth int) []byte {
	var fields map[string]json.RawMessage
	if depth == 0 || json.Unmarshal(object, &fields) != nil {
		return nil
	}
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names) // so that the same answer returns the same picture
	for _, name := range names {
		var text string
		if json.Unmarshal(fields[name], &text) != nil {
			if found := pictureIn(fields[name], depth-1); found != nil {
				return found
			}
			continue
		}
		if !strings.Contains(strings.ToLower(name), "fac") { // face, facial
			continue
		}
		if found := decodePicture(text); found != nil {
			return found
		}
	}
	return nil
}

func decodePicture(text string) []byte {
	if _, after, isDataURL := strings.Cut(text, ";base64,"); isDataURL {
		text = after
	}
	picture, err := base64.StdEncoding.DecodeString(text)
	if err != nil || !kit.IsPicture(picture) {
		return nil
	}
	return picture
}
