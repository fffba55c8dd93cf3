import { describe, expect, it } from 'vitest'
import { bytesToBase64, bytesToBase64Url } from '../src/strokes/base64'
import { encode } from '../src/strokes/encode'

// The vectors are those of todo/strokes_test.go: the server reads exactly these.
describe('encode', () => {
  it('writes the golden handwriting of the server', () => {
    const strokes = [
      [
        { x: 40, y: 60, t: 0 },
        { x: 90, y: 60, t: 20 },
        { x: 240, y: 55, t: 61 },
      ],
      [
        { x: 140, y: 10, t: 300 },
        { x: 120, y: 280, t: 420 },
      ],
    ]
    expect(encode(600, 300, strokes)).toBe('AdgErAICA1B4AGQAFKwCCSkCxwFZ7wEnnAR4')
  })

  it('writes a single line', () => {
    expect(
      encode(100, 100, [
        [
          { x: 0, y: 0, t: 0 },
          { x: 50, y: 50, t: 9 },
        ],
      ]),
    ).toBe('AWRkAQIAAABkZAk')
  })

  it('counts time from the first point, whenever that was', () => {
    const at = (t: number) => [
      [
        { x: 0, y: 0, t },
        { x: 50, y: 50, t: t + 9 },
      ],
    ]
    expect(encode(100, 100, at(1_700_000_000_000))).toBe(encode(100, 100, at(0)))
  })

  it('writes numbers of more than one byte lowest first', () => {
    const bytes = Buffer.from(
      encode(4096, 300, [
        [
          { x: 0, y: 0, t: 0 },
          { x: 1, y: 1, t: 599_999 },
        ],
      ]),
      'base64url',
    )
    expect([...bytes]).toEqual([1, 0x80, 0x20, 0xac, 0x02, 1, 2, 0, 0, 0, 2, 2, 0xbf, 0xcf, 0x24])
  })
})

describe('base64', () => {
  it('agrees with the platform for every length', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length * 101) % 256)
      expect(bytesToBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(bytesToBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
    }
  })
})
