// Reads the PDF that Chromium prints: the number of its pages, and its text.
import { inflateSync } from 'node:zlib'

/** Returns the number of pages, and the text without spaces. */
export function readPDF(pdf: Buffer): { pages: number; text: string } {
  const source = pdf.toString('latin1')
  const objects = new Map(
    [...source.matchAll(/(\d+) 0 obj\b([\s\S]*?)\bendobj/g)].map(([, id = '', body = '']) => [id, body]),
  )
  const streamOf = (body = '') => {
    const start = /stream\r?\n/.exec(body)
    if (!start) return ''
    const bytes = Buffer.from(body.slice(start.index + start[0].length, body.lastIndexOf('endstream')), 'latin1')
    return (/FlateDecode/.test(body) ? inflateSync(bytes) : bytes).toString('latin1')
  }
  const fonts = new Map<string, Map<number, string>>()
  for (const [, name = '', id = ''] of source.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1]
    if (map) fonts.set(name, characterMap(streamOf(objects.get(map))))
  }
  const text = [...objects.values()]
    .filter((body) => body.includes('stream'))
    .map(streamOf)
    .map((content) => shown(content, fonts))
    .join('')
  return { pages: [...source.matchAll(/\/Type \/Page\b(?!s)/g)].length, text: text.replace(/\s/g, '') }
}

/** Returns the characters of the glyphs of a font. */
function characterMap(cmap: string): Map<number, string> {
  const map = new Map<number, string>()
  const decode = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', hex = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      map.set(Number.parseInt(glyph, 16), decode(hex))
  for (const [, block = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', to = '', hex = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      const first = Number.parseInt(from, 16)
      const character = Number.parseInt(hex, 16)
      for (let at = first; at <= Number.parseInt(to, 16); at++)
        map.set(at, String.fromCodePoint(character + at - first))
    }
  return map
}

/** Returns the text that a content stream shows. */
function shown(content: string, fonts: Map<string, Map<number, string>>): string {
  let font: Map<number, string> | undefined
  let text = ''
  for (const [, name, hex] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>/g)) {
    if (name) font = fonts.get(name)
    for (const glyph of hex?.match(/.{4}/g) ?? []) text += font?.get(Number.parseInt(glyph, 16)) ?? ''
  }
  return text
}
