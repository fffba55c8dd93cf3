import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import postcss, { type AtRule } from 'postcss'
import { describe, expect, it } from 'vitest'
import { type Colors, parseTheme, readTheme, themeConstants, weappTheme } from '../config/theme'
import { contrast } from './contrast'

const folder = path.resolve(__dirname, '../src')
const file = path.join(folder, 'theme/tokens.css')
const source = readFileSync(file, 'utf8')
const sheets = readdirSync(path.join(folder, 'theme')).filter((name) => name.endsWith('.css') && name !== 'tokens.css')
const parse = (name: string) => postcss.parse(readFileSync(path.join(folder, 'theme', name), 'utf8'))

const color = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?)\(|\b(?:white|black|red|green|blue|gr[ae]y)\b/i
const measure = /(?:^|[\s(,+*/-])\.?\d[\d.]*(?:px|rpx|r?em|ch|pt|mm|ms|s)\b/

/** The widths of the screen at which the theme file changes something. */
const widths = (css: string) => [...css.matchAll(/\((?:min|max)-width: (\d+px)\)/g)].map(([, width]) => width)

describe('the theme file', () => {
  it.each(sheets)('has every color, size and duration of %s', (name) => {
    const raw: string[] = []
    parse(name).walkDecls((declaration) => {
      const value = declaration.value.replace(/url\([^)]*\)/g, '').replace(/var\([^)]*\)/g, 'var')
      if (color.test(value) || measure.test(value)) raw.push(String(declaration))
    })
    expect(raw).toEqual([])
  })

  it.each(sheets)('has the widths at which %s changes', (name) => {
    const own: string[] = []
    parse(name).walkAtRules('media', ({ params }: AtRule) => {
      own.push(...(widths(params) as string[]))
    })
    expect(own.filter((width) => !widths(source).includes(width))).toEqual([])
  })

  it('has every token that is used, and no other', () => {
    const used = new Set(
      [source, ...sheets.map((name) => String(parse(name)))].flatMap((css) =>
        [...css.matchAll(/var\(--([\w-]+)/g)].map(([, name]) => name),
      ),
    )
    const own = new Set([...source.matchAll(/^\s+--([\w-]+):/gm)].map(([, name]) => name))
    const elsewhere = ['authority-light', 'authority-light-soft', 'authority-dark', 'authority-dark-soft', 'icon']
    expect([...used].filter((name) => !own.has(name) && !elsewhere.includes(name as string))).toEqual([])
    expect([...own].filter((name) => !used.has(name) && name !== 'ink')).toEqual([])
  })

  it('is the only source of colors in the code', () => {
    const code = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
    const raw = code.filter((name) => /['"`]#[0-9a-f]{3,8}\b/i.test(readFileSync(path.join(folder, name), 'utf8')))
    expect(raw).toEqual([])
  })
})

describe.each(['light', 'dark'] as const)('the %s set', (name) => {
  const set: Colors = readTheme()[name]
  const pairs = [
    ...['text', 'text-soft', 'accent', 'danger', 'success'].flatMap((text) => [
      [text, 'surface'],
      [text, 'ground'],
    ]),
    ['text', 'accent-soft'],
    ['text-soft', 'accent-soft'],
    ['accent', 'accent-soft'],
    ['text', 'danger-soft'],
    ['text-soft', 'danger-soft'],
    ['danger', 'danger-soft'],
    ['success', 'success-soft'],
    ['on-accent', 'accent'],
    ['text-soft', 'off'],
  ]
  it.each(pairs)('%s can be read on %s', (text, background) => {
    expect(contrast(set[text ?? ''] ?? '', set[background ?? ''] ?? '')).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['field-line', 'focus'])('%s can be seen', (line) => {
    expect(contrast(set[line] ?? '', set.surface ?? '')).toBeGreaterThanOrEqual(3)
    expect(contrast(set[line] ?? '', set.ground ?? '')).toBeGreaterThanOrEqual(3)
  })
})

describe('another theme', () => {
  const own = parseTheme(
    source
      .replace('--ground: #f3f5f8', '--ground: #faf5ee')
      .replace('--ink: #10233f', '--ink: #3a1d00')
      .replace('--surface: #1b222c', '--surface: #2a2119'),
  )

  it('changes the bars of WeChat', () => {
    expect(weappTheme(own)).toMatchObject({
      light: { ground: '#faf5ee', bar: '#ffffff', barText: 'black' },
      dark: { bar: '#2a2119', barText: 'white' },
    })
  })

  it('changes what the code has to know', () => {
    expect(JSON.parse(themeConstants(own).THEME ?? '')).toEqual({
      ground: '#faf5ee',
      surface: '#ffffff',
      darkSurface: '#2a2119',
      ink: '#3a1d00',
    })
  })
})
