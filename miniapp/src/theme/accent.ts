type Color = readonly [red: number, green: number, blue: number]

const white: Color = [255, 255, 255]
const black: Color = [0, 0, 0]

/** The backgrounds of text in the theme file: the two of the light set, and the lightest of the dark set. */
const lightGround = parse(THEME.ground) ?? white
const lightSurface = parse(THEME.surface) ?? white
const darkSurface = parse(THEME.darkSurface) ?? black

const minContrast = 4.5 // WCAG 2, level AA
const step = 0.04

/**
 * Returns custom properties with an authority's color for the light and the dark theme, each with a tint for backgrounds.
 * The color is changed only as far as the contrast of text requires.
 */
export function accentProperties(color: string): Record<string, string> {
  const accent = parse(color)
  if (!accent) return {}
  const light = readable(accent, black, lightGround, lightSurface)
  const dark = readable(accent, white, darkSurface, darkSurface)
  return {
    '--authority-light': format(light),
    '--authority-light-soft': format(tint(light, lightSurface)),
    '--authority-dark': format(dark),
    '--authority-dark-soft': format(tint(dark, darkSurface)),
  }
}

/** Mixes a color with black or white until it can be read on a background and on its own tint. */
function readable(color: Color, toward: Color, background: Color, surface: Color): Color {
  for (let part = 0; part < 1; part += step) {
    const mixed = mix(color, toward, part)
    if (contrast(mixed, background) >= minContrast && contrast(mixed, tint(mixed, surface)) >= minContrast) return mixed
  }
  return toward
}

function tint(color: Color, surface: Color): Color {
  return mix(surface, color, 0.1)
}

function mix(from: Color, to: Color, part: number): Color {
  const channel = (at: 0 | 1 | 2) => Math.round(from[at] + (to[at] - from[at]) * part)
  return [channel(0), channel(1), channel(2)]
}

/** Returns the contrast ratio of WCAG 2, from 1 to 21. */
function contrast(a: Color, b: Color): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: Color): number {
  const linear = (at: 0 | 1 | 2) => {
    const value = color[at] / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2)
}

function parse(color: string): Color | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)
  if (!match) return undefined
  const channel = (at: number) => Number.parseInt(match[at] ?? '', 16)
  return [channel(1), channel(2), channel(3)]
}

function format(color: Color): string {
  return `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
