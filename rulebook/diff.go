package rulebook

import (
	"slices"
	"strings"
	"unicode"
)

// Piece is a part of a text: the same in both, or in this one only.
type Piece struct {
	Text    string
	Changed bool
}

// maxTable bounds the time of a comparison. Parts that differ in more words are shown whole.
const maxTable = 4 << 20

// maxText bounds the bytes of a text that is compared word by word. Longer ones are shown whole.
const maxText = 16 << 10

// pieces returns two texts in the parts that they have in common and those that differ, word by word.
func pieces(before, after string) (x, y []Piece) {
	if len(before) > maxText || len(after) > maxText {
		return grow(nil, []string{before}, before != after), grow(nil, []string{after}, before != after)
	}
	a, b := words(before), words(after)
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	x, y = grow(nil, a[:start], false), grow(nil, b[:start], false)
	x, y = middle(x, y, a[start:len(a)-end], b[start:len(b)-end])
	return grow(x, a[len(a)-end:], false), grow(y, b[len(b)-end:], false)
}

// middle appends the pieces of two texts by their longest common subsequence.
func middle(x, y []Piece, a, b []string) ([]Piece, []Piece) {
	if len(a)*len(b) > maxTable {
		return grow(x, a, true), grow(y, b, true)
	}
	table := commonLengths(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			x, y = grow(x, a[i:i+1], false), grow(y, b[j:j+1], false)
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && table[i+1][j] >= table[i][j+1]:
			x = grow(x, a[i:i+1], true)
			i++
		default:
			y = grow(y, b[j:j+1], true)
			j++
		}
	}
	return x, y
}

// commonLengths returns how long the longest common subsequence of a[i:] and b[j:] is.
func commonLengths(a, b []string) [][]int32 {
	table := make([][]int32, len(a)+1)
	for i := range table {
		table[i] = make([]int32, len(b)+1)
	}
	for i, x := range slices.Backward(a) {
		for j, y := range slices.Backward(b) {
			if x == y {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}

// grow appends words to the last piece, or as a new one.
func grow(all []Piece, more []string, changed bool) []Piece { //nolint:revive // flag-parameter: a field of the piece
	if len(more) == 0 {
		return all
	}
	text := strings.Join(more, "")
	if n := len(all); n > 0 && all[n-1].Changed == changed {
		all[n-1].Text += text
		return all
	}
	return append(all, Piece{text, changed})
}

// words splits a text: letters of an alphabet and digits form words, every other character is one of its own, as in Chinese.
func words(text string) []string {
	var all []string
	begin, inWord := 0, false
	for at, r := range text {
		isWord := r < unicode.MaxLatin1 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
		if at > begin && (!isWord || !inWord) {
			all = append(all, text[begin:at])
			begin = at
		}
		inWord = isWord
	}
	if begin < len(text) {
		all = append(all, text[begin:])
	}
	return all
}
