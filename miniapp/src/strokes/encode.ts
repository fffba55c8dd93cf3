import { bytesToBase64Url } from './base64'

/** A position of the pen in canvas units, and its time in milliseconds. */
export interface Point {
  x: number
  y: number
  t: number
}

export type Stroke = readonly Point[]

const version = 1

/** Encodes a handwriting in the compact form that the API describes for `strokes`. All numbers must be integers. */
export function encode(width: number, height: number, strokes: readonly Stroke[]): string {
  const out: number[] = []
  // Division instead of shifts, which are limited to 31 bits.
  const put = (n: number) => {
    for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) | 128)
    out.push(n)
  }
  const zigzag = (n: number) => (n < 0 ? -2 * n - 1 : 2 * n)
  for (const n of [version, width, height, strokes.length]) put(n)
  let pen: Point = { x: 0, y: 0, t: strokes[0]?.[0]?.t ?? 0 }
  for (const stroke of strokes) {
    put(stroke.length)
    for (const point of stroke) {
      put(zigzag(point.x - pen.x))
      put(zigzag(point.y - pen.y))
      put(point.t - pen.t)
      pen = point
    }
  }
  return bytesToBase64Url(Uint8Array.from(out))
}
