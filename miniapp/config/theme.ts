import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The colors of a set, by the name of the token. */
export type Colors = Readonly<Record<string, string>>

/** The two sets of colors of the theme file. */
export interface Theme {
  light: Colors
  dark: Colors
}

const file = path.resolve(__dirname, '../src/theme/tokens.css')

/** Reads the theme file for code other than style sheets: the bars of mini-programs and browsers, and the signature. */
export function readTheme(): Theme {
  return parseTheme(readFileSync(file, 'utf8'))
}

/** Returns the colors of a theme file. The accent is the default one, without an authority's color. */
export function parseTheme(css: string): Theme {
  const [base = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)')
  const light = colorsOf(base)
  return { light, dark: { ...light, ...colorsOf(dark.slice(0, dark.search(/^\}/m))) } }
}

function colorsOf(css: string): Colors {
  const declarations = css.matchAll(/--([\w-]+):[^;]*?(#[0-9a-f]{6})\)?;/gi)
  return Object.fromEntries([...declarations].map(([, name = '', color = '']) => [name, color]))
}

/** Returns the build-time constants with the colors of the theme (src/constants.d.ts). */
export function themeConstants({ light, dark }: Theme): Record<string, string> {
  return {
    THEME: JSON.stringify({ ground: light.ground, surface: light.surface, darkSurface: dark.surface, ink: light.ink }),
  }
}

/** Returns WeChat's theme.json: the bars and the ground of its windows. */
export function weappTheme({ light, dark }: Theme): object {
  const windowOf = ({ surface, ground }: Colors, barText: string, loading: string) => ({
    bar: surface,
    barText,
    ground,
    loading,
  })
  return { light: windowOf(light, 'black', 'dark'), dark: windowOf(dark, 'white', 'light') }
}
