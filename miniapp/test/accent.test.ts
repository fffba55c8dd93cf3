import { describe, expect, it } from 'vitest'
import { accentProperties } from '../src/theme/accent'
import { contrast } from './contrast'

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
