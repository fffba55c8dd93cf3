package bff

import "fmt"

// Door is the QR code at the door of an office, by which a person takes a queue number there.
type Door struct {
	Address string // origin of the client in browsers
}

// Link returns the address of the client at an office. It is the same for everybody.
func (d Door) Link(office string) string {
	return d.Address + "/#/" + invitationPage + "?s=office&id=" + office
}

// Picture returns the link as a QR code: PNG.
func (d Door) Picture(office string) ([]byte, error) {
	picture, err := qrCode(d.Link(office))
	if err != nil {
		return nil, fmt.Errorf("drawing the code of a door: %w", err)
	}
	return picture, nil
}
