import { describe, expect, it } from 'vitest'
import { TouchTracker } from '../src/strokes/touch-tracker'

const touch = (identifier: number) => ({ identifier })
const event = (changed: number[], touches: number[]) => ({
  changedTouches: changed.map(touch),
  touches: touches.map(touch),
})

describe('the finger that writes', () => {
  it('goes on while a palm touches, moves and leaves', () => {
    const finger = new TouchTracker()
    expect(finger.start(event([1], [1]), false)).toEqual(touch(1))
    expect(finger.start(event([2], [1, 2]), false)).toBeUndefined()
    expect(finger.move(event([2], [1, 2]))).toBeUndefined()
    expect(finger.move(event([1, 2], [1, 2]))).toEqual(touch(1))
    expect(finger.end(event([2], [1]))).toBe(false)
    expect(finger.move(event([1], [1]))).toEqual(touch(1))
    expect(finger.end(event([1], []))).toBe(true)
  })

  it('takes the place of a palm that rested there before', () => {
    const finger = new TouchTracker()
    finger.start(event([1], [1]), false)
    expect(finger.start(event([2], [1, 2]), true)).toEqual(touch(2))
    expect(finger.end(event([1], [2]))).toBe(false)
    expect(finger.end(event([2], []))).toBe(true)
  })

  it('is one where the platform tells none apart or leaves the lists out', () => {
    const finger = new TouchTracker()
    expect(finger.start({ touches: [{}] }, false)).toEqual({})
    expect(finger.move({ changedTouches: [{}] })).toEqual({})
    expect(finger.end({})).toBe(true)
    expect(finger.start({}, false)).toBeUndefined()
  })
})
