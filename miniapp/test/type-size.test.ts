import { describe, expect, it } from 'vitest'
import { startsElder, typeScale } from '../src/journey/type-size'

describe('the type size of the device', () => {
  it.each([
    ['unknown', undefined, 1],
    ['usual', 1, 1],
    ['small', 0.94, 0.94],
    ['large', 1.18, 1.18],
    ['very large, in the standard mode that the person has chosen', 1.75, 1.3],
    ['nonsense', Number.NaN, 1],
    ['less than nothing', -1, 1],
  ])('%s', (_, system, scale) => {
    expect(typeScale(system, false)).toBe(scale)
  })

  it('adds to elder mode only what is larger than elder mode itself', () => {
    expect(typeScale(undefined, true)).toBe(1)
    expect(typeScale(1.3, true)).toBe(1)
    expect(typeScale(1.5, true)).toBe(1.15)
    expect(typeScale(9, true)).toBe(1.2)
  })

  it('starts elder mode where it is large', () => {
    expect([undefined, 1, 1.2].map(startsElder)).toEqual([false, false, false])
    expect([1.3, 1.4].map(startsElder)).toEqual([true, true])
  })
})
