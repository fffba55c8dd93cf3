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
	message := xmlMessage{fields: map[string]string{}}
	for {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF) && message.complete:
			return message.fields, nil
		case err != nil || !message.add(token):
			return nil, errXML
		}
	}
}

// xmlMessage is what has been read of a message.
type xmlMessage struct {
	fields   map[string]string
	path     []string // the open elements, from the root
	complete bool     // the root is closed
}

// add adds a token, and reports whether a message may have it at this place.
func (m *xmlMessage) add(token xml.Token) bool {
	switch t := token.(type) {
	case xml.StartElement:
		return m.open(t.Name.Local)
	case xml.EndElement:
		m.path = m.path[:len(m.path)-1]
		m.complete = len(m.path) == 0
		return true
	case xml.CharData:
		if len(m.path) == 2 {
			m.fields[m.path[1]] += string(t)
		}
		return true
	}
	return false // a comment, an instruction, a document type
}

// open adds the start of an element, as add does.
func (m *xmlMessage) open(name string) bool {
	m.path = append(m.path, name)
	if m.complete || len(m.path) > deepestXML || len(m.fields) >= mostFields {
		return false
	}
	switch len(m.path) {
	case 1:
		return name == rootElement
	case 2:
		if _, repeated := m.fields[name]; repeated {
			return false
		}
		m.fields[name] = ""
	}
	return true
}
