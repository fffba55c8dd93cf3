package todo_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"testing"

	"renzheng/receipt"
	"renzheng/todo"
)

// signed returns the evidence of a handwriting and the report on a receipt that commits to it.
func signed(t *testing.T) (receipt.Evidence, receipt.Report) {
	t.Helper()
	drawn, err := signature().Render()
	if err != nil {
		t.Fatal(err)
	}
	face := []byte("face")
	digest := sha256.Sum256(face)
	report := receipt.Report{Receipt: "a.b.c", Intact: true}
	s := &report.Statement
	e := receipt.Evidence{Receipt: report.Receipt, Portrait: face, Handwriting: drawn}
	for _, part := range []struct {
		domain string
		value  any
		into   *receipt.Commitment
	}{
		{receipt.DomainContent, "content", &s.ContentDigest},
		{receipt.DomainSigner, "signer", &s.Signer},
		{receipt.DomainCase, "case", &s.Case},
		{receipt.DomainPortrait, map[string]string{"sha256": hex.EncodeToString(digest[:])}, &s.Portrait},
		{receipt.DomainHandwriting, map[string]string{"strokes": signature().Encode()}, &s.Handwriting},
	} {
		opening, commitment, err := receipt.Open(part.domain, receipt.Salt{1}, part.value)
		if err != nil {
			t.Fatal(err)
		}
		*part.into, e.Openings = commitment, append(e.Openings, opening)
	}
	return e, report
}

// chunk returns one chunk of a PNG file.
func chunk(kind, data string) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(out, kind+data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// encode changes the pixels of a picture and encodes it with another compression level.
func encode(t *testing.T, drawn []byte, change func(*image.Paletted)) []byte {
	t.Helper()
	decoded, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	picture := image.NewPaletted(decoded.Bounds(), greys())
	for i := range picture.Pix {
		x, y := i%picture.Stride, i/picture.Stride
		picture.Pix[i] = grey(decoded.At(x, y))
	}
	change(picture)
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// chunksOf returns the chunks of a PNG file by type, with those of the pixels joined.
func chunksOf(t *testing.T, file []byte) map[string]string {
	t.Helper()
	chunks := map[string]string{}
	for rest := file[8:]; len(rest) > 0; {
		length := binary.BigEndian.Uint32(rest)
		chunks[string(rest[4:8])] += string(rest[8 : 8+length])
		rest = rest[length+12:]
	}
	return chunks
}

// recolour returns the picture with another colour in an entry of its palette that no pixel uses.
func recolour(t *testing.T, drawn []byte) []byte {
	t.Helper()
	var isUsed [256]bool
	encode(t, drawn, func(p *image.Paletted) {
		for _, c := range p.Pix {
			isUsed[c] = true
		}
	})
	all := chunksOf(t, drawn)
	palette := []byte(all["PLTE"])
	palette[3*slices.Index(isUsed[:], false)] ^= 1
	return slices.Concat(drawn[:8], chunk("IHDR", all["IHDR"]), chunk("PLTE", string(palette)), chunk("IDAT", all["IDAT"]), chunk("IEND", ""))
}

// lengthenPixels returns the picture with an additional byte after its compressed pixels.
func lengthenPixels(t *testing.T, drawn []byte) []byte {
	t.Helper()
	all := chunksOf(t, drawn)
	return slices.Concat(drawn[:8], chunk("IHDR", all["IHDR"]), chunk("PLTE", all["PLTE"]), chunk("IDAT", all["IDAT"]+"a"), chunk("IEND", ""))
}

func grey(c color.Color) uint8 {
	red, _, _, _ := c.RGBA()
	return uint8(red >> 8)
}

func greys() color.Palette {
	all := make(color.Palette, 256)
	for i := range all {
		all[i] = color.Gray{Y: uint8(i)}
	}
	return all
}

func TestCheckEvidence_HoldsThePicturesToTheReceipt(t *testing.T) {
	t.Parallel()
	const beforeEnd = 12 // bytes of the last chunk
	whole, _ := signed(t)
	drawn := whole.Handwriting
	for name, c := range map[string]struct {
		spoil func(*receipt.Evidence)
		want  string // "" = the picture is accepted
	}{
		"as it was filed":  {func(*receipt.Evidence) {}, ""},
		"compressed again": {func(e *receipt.Evidence) { e.Handwriting = encode(t, drawn, func(*image.Paletted) {}) }, ""},
		"one pixel of it":  {func(e *receipt.Evidence) { e.Handwriting = encode(t, drawn, func(p *image.Paletted) { p.Pix[7] ^= 1 }) }, "not the picture of the strokes"},
		"words in it": {func(e *receipt.Evidence) {
			e.Handwriting = slices.Insert(slices.Clone(drawn), len(drawn)-beforeEnd, chunk("tEXt", "a\x00b")...)
		}, "not the picture of the strokes"},
		"something behind it": {func(e *receipt.Evidence) { e.Handwriting = append(slices.Clone(drawn), chunk("tEXt", "a\x00b")...) }, "not the picture of the strokes"},
		"bytes behind it":     {func(e *receipt.Evidence) { e.Handwriting = append(slices.Clone(drawn), 0) }, "not the picture of the strokes"},
		"a second end":        {func(e *receipt.Evidence) { e.Handwriting = append(slices.Clone(drawn), chunk("IEND", "a")...) }, "not the picture of the strokes"},
		"a checksum": {func(e *receipt.Evidence) {
			e.Handwriting = append(slices.Clone(drawn), 0, 0, 0, 0, 'I', 'E', 'N', 'D', 1, 2, 3, 4)
		}, "not the picture of the strokes"},
		"a colour that no pixel has": {func(e *receipt.Evidence) { e.Handwriting = recolour(t, drawn) }, "not the picture of the strokes"},
		"a chunk behind the pixels": {func(e *receipt.Evidence) {
			e.Handwriting = slices.Insert(slices.Clone(drawn), len(drawn)-beforeEnd, chunk("IDAT", "a")...)
		}, "not the picture of the strokes"},
		"bytes behind the pixels": {func(e *receipt.Evidence) { e.Handwriting = lengthenPixels(t, drawn) }, "not the picture of the strokes"},
		"cut off":                 {func(e *receipt.Evidence) { e.Handwriting = drawn[:len(drawn)-beforeEnd] }, "not the picture of the strokes"},
		"its first bytes":         {func(e *receipt.Evidence) { e.Handwriting = drawn[:8] }, "not the picture of the strokes"},
		"no picture":              {func(e *receipt.Evidence) { e.Handwriting = []byte("hand") }, "not the picture of the strokes"},
		"no handwriting":          {func(e *receipt.Evidence) { e.Handwriting = nil }, "lacks the member handwriting"},
		"another portrait":        {func(e *receipt.Evidence) { e.Portrait = []byte("Face") }, "another portrait"},
		"no portrait":             {func(e *receipt.Evidence) { e.Portrait = nil }, "lacks the member portrait"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, report := signed(t)
			c.spoil(&e)
			wantEvidence(t, e, report, c.want)
		})
	}
}

// wantEvidence checks evidence and requires an error that contains want, or no error if want is "".
func wantEvidence(t *testing.T, e receipt.Evidence, r receipt.Report, want string) {
	t.Helper()
	file, err := e.Encode()
	if err != nil {
		t.Fatal(err)
	}
	_, err = todo.CheckEvidence(file, r)
	if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
		t.Errorf("got %v, want %q", err, want)
	}
}

func TestCheckEvidence_RejectsPicturesThatTheReceiptDoesNotHave(t *testing.T) {
	t.Parallel()
	e, report := signed(t)
	report.Statement.Portrait, report.Statement.Handwriting = receipt.None, receipt.None
	e.Openings = e.Openings[:3]
	bare := receipt.Evidence{Receipt: e.Receipt, Openings: e.Openings}
	wantEvidence(t, bare, report, "")
	bare.Portrait = e.Portrait
	wantEvidence(t, bare, report, "has a member portrait, and the receipt says that there is none")
	bare.Portrait, bare.Handwriting = nil, e.Handwriting
	wantEvidence(t, bare, report, "has a member handwriting, and the receipt says that there is none")
}

// TestStrokes_RenderNeverChanges compares the pixels of version 1 with fixed ones, because evidence is compared with them
// years later.
func TestStrokes_RenderNeverChanges(t *testing.T) {
	t.Parallel()
	drawn, err := signature().Render()
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	digest := sha256.New()
	for i := range picture.Bounds().Dx() * picture.Bounds().Dy() {
		x, y := i%picture.Bounds().Dx(), i/picture.Bounds().Dx()
		digest.Write([]byte{grey(picture.At(x, y))})
	}
	const want = "15a98a091338d5c6c1db280ada61a7b299ddba06aec3db2bbeff0f4d82ddf85d"
	if got := hex.EncodeToString(digest.Sum(nil)); got != want {
		t.Errorf("got pixels with digest %s, want %s: evidence that was filed would not fit any more", got, want)
	}
}
