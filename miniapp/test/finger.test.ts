import { describe, expect, it } from 'vitest'
import { Finger } from '../src/strokes/finger'

const touch = (identifier: number) => ({ identifier })
const event = (changed: number[], touches: number[]) => ({
  changedTouches: changed.map(touch),
  touches: touches.map(touch),
})

describe('the finger that writes', () => {
  it('goes on while a palm touches, moves and leaves', () => {
    const finger = new Finger()
    expect(finger.down(event([1], [1]), false)).toEqual(touch(1))
    expect(finger.down(event([2], [1, 2]), false)).toBeUndefined()
    expect(finger.move(event([2], [1, 2]))).toBeUndefined()
    expect(finger.move(event([1, 2], [1, 2]))).toEqual(touch(1))
    expect(finger.up(event([2], [1]))).toBe(false)
    expect(finger.move(event([1], [1]))).toEqual(touch(1))
    expect(finger.up(event([1], []))).toBe(true)
  })

  it('takes the place of a palm that rested there before', () => {
    const finger = new Finger()
    finger.down(event([1], [1]), false)
    expect(finger.down(event([2], [1, 2]), true)).toEqual(touch(2))
    expect(finger.up(event([1], [2]))).toBe(false)
    expect(finger.up(event([2], []))).toBe(true)
  })

  it('is one where the platform tells none apart or leaves the lists out', () => {
    const finger = new Finger()
    expect(finger.down({ touches: [{}] }, false)).toEqual({})
    expect(finger.move({ changedTouches: [{}] })).toEqual({})
    expect(finger.up({})).toBe(true)
    expect(finger.down({}, false)).toBeUndefined()
  })
})
