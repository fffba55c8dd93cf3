import { describe, expect, it } from 'vitest'
import { accentProperties } from '../src/theme/accent'

/** The contrast ratio of WCAG 2, written down once more so that the rule does not check itself. */
function contrast(a: string, b: string): number {
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(color.slice(at, at + 2), 16) / 255
      return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

describe('the accent of an authority', () => {
  it.each(['#1f5fbf', '#767676', '#8a1c1c', '#000000', '#006b3c', '#5a2d82', '#0f0fff', '#ffff00'])(
    '%s can be read in both themes',
    (color) => {
      const accent = accentProperties(color)
      const light = accent['--authority-light'] ?? ''
      const dark = accent['--authority-dark'] ?? ''
      for (const background of ['#ffffff', '#f3f5f8', accent['--authority-light-soft'] ?? ''])
        expect(contrast(light, background), `${light} on ${background}`).toBeGreaterThanOrEqual(4.5)
      for (const background of ['#1b222c', '#11161d', accent['--authority-dark-soft'] ?? ''])
        expect(contrast(dark, background), `${dark} on ${background}`).toBeGreaterThanOrEqual(4.5)
    },
  )

  it('stays as it is where it can be read already', () => {
    expect(accentProperties('#124a94')['--authority-light']).toBe('#124a94')
  })

  it.each(['', 'blue', '#12', 'url(x)'])('is not taken from %j', (color) => {
    expect(accentProperties(color)).toEqual({})
  })
})
