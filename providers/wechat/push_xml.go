package wechat

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

const (
	mostFields  = 64 // WeChat's messages have about ten
	deepestXML  = 6
	rootElement = "xml"
)

var errXML = errors.New("message is not the XML that WeChat sends")

// readXML returns the text of the elements directly below the root. It rejects
// documents with a declaration, a type or an instruction, so that no entity is
// resolved or expanded. It also rejects a repeated element and anything after the
// root.
func readXML(text []byte) (map[string]string, error) {
	decoder := xml.NewDecoder(bytes.NewReader(text))
	fields := map[string]string{}
	var path []string
	closed := false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && closed {
			return fields, nil
		}
		if err != nil {
			return nil, errXML
		}
		switch t := token.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Local)
			if closed || !mayOpen(path, fields) {
				return nil, errXML
			}
			if len(path) == 2 {
				fields[t.Name.Local] = ""
			}
		case xml.EndElement:
			path = path[:len(path)-1]
			closed = len(path) == 0
		case xml.CharData:
			if len(path) == 2 {
				fields[path[1]] += string(t)
			}
		default: // a comment, an instruction, a document type
			return nil, errXML
		}
	}
}

func mayOpen(path []string, fields map[string]string) bool {
	if len(path) == 1 {
		return path[0] == rootElement
	}
	_, ok := fields[path[1]]
	return len(path) <= deepestXML && len(fields) < mostFields && (len(path) > 2 || !ok)
}
