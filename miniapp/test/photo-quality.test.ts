import { describe, expect, it } from 'vitest'
import { hintOf } from '../src/screens/appeal/quality'

const width = 320
const height = 200

/** A card with lines of text, each pixel by a function of its place. */
function picture(of: (x: number, y: number, printed: number) => number, photo = { width: 1600, height: 1000 }) {
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const printed = y % 12 < 6 && (x * 7 + y * 3) % 5 < 2 ? 60 : 190
      rgba.fill(of(x, y, printed), (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return { width, height, rgba, photo }
}

const sharp = picture((_x, _y, printed) => printed)

describe('hintOf', () => {
  it('says nothing about a good photo', () => {
    expect(hintOf(sharp)).toBeUndefined()
  })
  it.each([
    ['blurred', 'photoBlurred', picture((x, y) => 125 + 60 * Math.sin(x / 40) * Math.cos(y / 50))],
    ['dark', 'photoDark', picture((_x, _y, printed) => printed / 6)],
    [
      'with a lamp in it',
      'photoGlare',
      picture((x, y, printed) => (Math.hypot(x - 160, y - 100) < 45 ? 255 : printed)),
    ],
    ['of few pixels', 'photoSmall', { ...sharp, photo: { width: 640, height: 400 } }],
  ])('names a photo that is %s', (_name, hint, photo) => {
    expect(hintOf(photo)).toBe(hint)
  })
  it('does not take white paper for a reflection', () => {
    expect(hintOf(picture((_x, _y, printed) => (printed > 100 ? 255 : 60)))).toBeUndefined()
  })
  it('bears a picture of one pixel', () => {
    const photo = { width: 1000, height: 1000 }
    expect(hintOf({ width: 1, height: 1, rgba: [200, 200, 200, 255], photo })).toBe('photoBlurred')
  })
})
