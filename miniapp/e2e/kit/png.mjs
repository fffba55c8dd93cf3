// Makes a screenshot small: screens have few colours, and a PNG with a palette takes a byte for each pixel instead of four.
import { deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Gives the same picture with 256 colours at most; what is no plain screenshot is given back as it is. */
export function smaller(png) {
  const { width, height, channels, rows } = decode(png)
  if (!rows) return png
  for (let bits = 8; bits >= 3; bits--) {
    const indexed = index({ width, height, channels, rows }, bits)
    if (indexed) return encode(width, height, indexed)
  }
  return png
}

function decode(png) {
  const header = png.subarray(16, 29)
  const [width, height, depth, kind, , , interlaced] = [header.readUInt32BE(0), header.readUInt32BE(4), ...header.subarray(8)]
  const channels = { 2: 3, 6: 4 }[kind]
  if (!channels || depth !== 8 || interlaced) return {}
  const parts = []
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return { width, height, channels, rows: unfiltered(inflateSync(Buffer.concat(parts)), width * channels, height, channels) }
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

/** Gives palette and indices with so many bits of each colour, or undefined where 256 entries do not do. */
function index({ width, height, channels, rows }, bits) {
  const mask = (0xff << (8 - bits)) & 0xff
  const palette = new Map()
  const pixels = Buffer.alloc(width * height)
  for (let i = 0; i < pixels.length; i++) {
    const at = i * channels
    const colour = ((rows[at] & mask) << 16) | ((rows[at + 1] & mask) << 8) | (rows[at + 2] & mask)
    let entry = palette.get(colour)
    if (!entry) {
      if (palette.size === 256) return undefined
      entry = { at: palette.size, sum: [0, 0, 0], count: 0 }
      palette.set(colour, entry)
    }
    entry.count++
    for (let c = 0; c < 3; c++) entry.sum[c] += rows[at + c]
    pixels[i] = entry.at
  }
  const colours = [...palette.values()].flatMap(({ sum, count }) => sum.map((total) => Math.round(total / count)))
  return { pixels, colours: Buffer.from(colours) }
}

function encode(width, height, { pixels, colours }) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3], 8) // eight bits, a palette
  const lines = Buffer.alloc((width + 1) * height) // each begins with 0: no filter, which suits a palette
  for (let y = 0; y < height; y++) pixels.copy(lines, y * (width + 1) + 1, y * width, (y + 1) * width)
  return Buffer.concat([
    signature, chunk('IHDR', header), chunk('PLTE', colours), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0)),
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
