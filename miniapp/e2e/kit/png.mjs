// Makes a screenshot small: screens have few colours, and a PNG with a palette takes a byte for each pixel instead of four.
import { deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Gives the same picture with 256 colours at most, the frequent ones exactly; what is no screenshot is given back as it is. */
export function smaller(png) {
  const picture = decode(png)
  return picture.rows ? encode(picture.width, picture.height, index(picture)) : png
}

function decode(png) {
  const header = png.subarray(16, 29)
  const [width, height, depth, kind, , , interlaced] = [
    header.readUInt32BE(0),
    header.readUInt32BE(4),
    ...header.subarray(8),
  ]
  const channels = { 2: 3, 6: 4 }[kind]
  if (!channels || depth !== 8 || interlaced) return {}
  const parts = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return {
    width,
    height,
    channels,
    rows: unfiltered(inflateSync(Buffer.concat(parts)), width * channels, height, channels),
  }
}

/** Undoes the filters of PNG 1.2, section 6: each byte was predicted from its neighbours. */
function unfiltered(data, stride, height, step) {
  const out = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= step ? out[at - step] : 0
      const up = y > 0 ? out[at - stride] : 0
      const corner = x >= step && y > 0 ? out[at - stride - step] : 0
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]
      out[at] = data[y * (stride + 1) + 1 + x] + guess
    }
  }
  return out
}

function paeth(left, up, corner) {
  const p = left + up - corner
  const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

/** Gives a palette of the most frequent colours and for each pixel the nearest of them. */
function index({ width, height, channels, rows }) {
  const counts = new Map()
  const pixel = (i) => (rows[i * channels] << 16) | (rows[i * channels + 1] << 8) | rows[i * channels + 2]
  for (let i = 0; i < width * height; i++) counts.set(pixel(i), (counts.get(pixel(i)) ?? 0) + 1)
  const palette = paletteOf(counts, width * height)
  const nearest = new Map([...counts.keys()].map((colour) => [colour, closest(palette, parts(colour))]))
  const pixels = Buffer.alloc(width * height)
  for (let i = 0; i < pixels.length; i++) pixels[i] = nearest.get(pixel(i))
  return { pixels, colours: Buffer.from(palette.flat()) }
}

/** Frequent colours first; of the others none that is nearly there, so that 256 do for the shades of a portrait too. */
function paletteOf(counts, area) {
  const palette = []
  for (const [colour, count] of [...counts].sort(([, a], [, b]) => b - a)) {
    const wanted = parts(colour)
    const known = palette[closest(palette, wanted)]
    if (known && count < area / 1000 && distance(known, wanted) < 100) continue
    if (palette.push(wanted) === 256) break
  }
  return palette
}

function distance(one, other) {
  return one.reduce((sum, part, c) => sum + (part - other[c]) ** 2, 0)
}

function parts(colour) {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]
}

function closest(palette, wanted) {
  let best = 0
  let least = Infinity
  palette.forEach((one, at) => {
    const far = distance(one, wanted)
    if (far < least) [best, least] = [at, far]
  })
  return best
}

function encode(width, height, { pixels, colours }) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3], 8) // eight bits, a palette
  const lines = Buffer.alloc((width + 1) * height) // each begins with 0: no filter, which suits a palette
  for (let y = 0; y < height; y++) pixels.copy(lines, y * (width + 1) + 1, y * width, (y + 1) * width)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc(body), body.length + 4)
  return out
}

/** CRC-32 as PNG has it; Node 18 has none of its own. */
function crc(bytes) {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}
