import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesToBase64, bytesToBase64Url } from '../src/strokes/base64'
import { encode, type Stroke } from '../src/strokes/encode'

interface Vector {
  name: string
  encoded: string
  handwriting?: { width: number; height: number; strokes: Stroke[] }
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

/** The vectors that the server reads, and rejects, in its own tests. */
const drawn = (JSON.parse(read('../../docs/vectors/handwriting.json')) as { vectors: Vector[] }).vectors.flatMap(
  ({ name, encoded, handwriting }) => (handwriting ? [{ name, encoded, ...handwriting }] : []),
)

/** The function that the page of the API shows to authors of mini-programs. */
function encodeOfTheDocument(): typeof encode {
  const code = /```js\n(function encode[\s\S]*?)```/.exec(read('../../docs/api.md'))?.[1]
  const my = { arrayBufferToBase64: (bytes: ArrayBuffer) => bytesToBase64(new Uint8Array(bytes)) }
  return new Function('my', `${code}; return encode`)(my) as typeof encode
}

describe('encode', () => {
  it.each(drawn)('writes what the server reads: $name', ({ width, height, strokes, encoded }) => {
    expect(encode(width, height, strokes)).toBe(encoded)
  })

  it('is the function of the document', () => {
    const documented = encodeOfTheDocument()
    for (const { name, width, height, strokes, encoded } of drawn.filter((vector) => vector.strokes.length > 0)) {
      expect(documented(width, height, strokes), name).toBe(encoded)
    }
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
