import { describe, expect, it } from 'vitest'
import { type DrawingContext, draw, toFractions } from '../src/strokes/draw'
import { canvas, Recorder } from '../src/strokes/recorder'

function line(recorder: Recorder, from: number, at: number): void {
  recorder.begin(from, 0.2, at)
  recorder.move(from + 0.1, 0.5, at + 10)
  recorder.move(from + 0.2, 0.8, at + 20)
  recorder.end()
}

describe('Recorder', () => {
  it('keeps strokes with their times', () => {
    const recorder = new Recorder()
    line(recorder, 0.1, 5000)
    line(recorder, 0.5, 5400)
    expect(recorder.strokes).toHaveLength(2)
    expect(recorder.strokes[0]?.[0]).toEqual({ x: 100, y: 100, t: 5000 })
    expect(recorder.strokes[1]?.[2]).toEqual({ x: 700, y: 400, t: 5420 })
  })

  it('takes back the last stroke, and all of them', () => {
    const recorder = new Recorder()
    line(recorder, 0.1, 0)
    line(recorder, 0.5, 100)
    recorder.undo()
    expect(recorder.strokes).toHaveLength(1)
    recorder.clear()
    expect(recorder.isEmpty).toBe(true)
  })

  it('keeps points on the canvas and time from going back', () => {
    const recorder = new Recorder()
    recorder.begin(-0.5, 0.5, 100)
    recorder.move(1.5, 2, 50)
    recorder.end()
    const [first, second] = recorder.strokes[0] ?? []
    expect(first).toEqual({ x: 0, y: 250, t: 100 })
    expect(second).toEqual({ x: canvas.width, y: canvas.height, t: 100 })
  })

  it('leaves out the trembling of a finger', () => {
    const recorder = new Recorder()
    recorder.begin(0.5, 0.5, 0)
    expect(recorder.move(0.5005, 0.5005, 5)).toBe(false)
    expect(recorder.move(0.52, 0.5, 9)).toBe(true)
  })

  it('stays within the bounds of the contract', () => {
    const recorder = new Recorder()
    for (let i = 0; i < 300; i++) line(recorder, (i % 8) / 10, i * 30)
    expect(recorder.strokes).toHaveLength(256)
    expect(recorder.isFull).toBe(true)
  })

  it('says at nine tenths that little more can be added', () => {
    const recorder = new Recorder()
    for (let i = 0; i < 230; i++) line(recorder, (i % 8) / 10, i * 30)
    expect([recorder.isNearlyFull, recorder.isFull]).toEqual([false, false])
    line(recorder, 0.1, 7000)
    expect([recorder.isNearlyFull, recorder.isFull]).toEqual([true, false])
  })

  it('fits the contract in bytes, however far the pen goes between two points', () => {
    const recorder = new Recorder()
    for (let i = 0; !recorder.isFull; i++) {
      if (i % 14 === 0) recorder.begin(i % 2, i % 2, i * 120)
      else recorder.move(i % 2, i % 2, i * 120)
      if (i % 14 === 13) recorder.end()
    }
    expect(recorder.encode().length).toBeLessThanOrEqual(24 * 1024)
  })

  it('is full before the way is longer than the contract allows', () => {
    const recorder = new Recorder()
    recorder.begin(0, 0.5, 0)
    for (let i = 1; i <= 250; i++) recorder.move(i % 2, 0.5, i * 20)
    recorder.end()
    expect(recorder.isFull).toBe(true)
    expect((recorder.strokes[0]?.length ?? 0) - 1).toBeLessThanOrEqual(200) // each is the canvas's width
    recorder.undo()
    expect(recorder.isNearlyFull).toBe(false)
  })

  it('says when it is too late to add anything, until all is written anew', () => {
    const recorder = new Recorder()
    line(recorder, 0.1, 0)
    expect(recorder.isLate).toBe(false)
    line(recorder, 0.5, 11 * 60_000)
    expect(recorder.strokes).toHaveLength(1)
    expect(recorder.isLate).toBe(true)
    recorder.clear()
    expect(recorder.isLate).toBe(false)
    line(recorder, 0.5, 12 * 60_000)
    expect(recorder.strokes).toHaveLength(1)
  })

  it('keeps what is written when the pen is put down again, and drops a palm that only rested', () => {
    const recorder = new Recorder()
    recorder.begin(0.1, 0.1, 0)
    recorder.move(0.3, 0.3, 10)
    recorder.begin(0.9, 0.9, 20)
    expect(recorder.strokes).toHaveLength(2)
    expect(recorder.isResting).toBe(true)
    recorder.begin(0.2, 0.8, 30)
    recorder.end()
    expect(recorder.strokes.map(([first]) => first?.t)).toEqual([0, 30])
  })
})

describe('shares', () => {
  it('turns a sheet that stands upright', () => {
    const upright = { width: 200, height: 400, sideways: true }
    expect(toFractions(upright, 200, 0)).toEqual({ x: 0, y: 0 }) // the upper left of the sheet is the upper right of the screen
    expect(toFractions(upright, 0, 400)).toEqual({ x: 1, y: 1 })
    expect(toFractions({ width: 400, height: 200, sideways: false }, 100, 50)).toEqual({ x: 0.25, y: 0.25 })
  })

  it('are not stretched by a surface of another shape, which lies in the middle of the canvas', () => {
    const long = { width: 500, height: 200, sideways: false } // 1000 by 400 canvas units
    expect(toFractions(long, 0, 0)).toEqual({ x: 0, y: 0.1 })
    expect(toFractions(long, 500, 200)).toEqual({ x: 1, y: 0.9 })
    const square = { width: 300, height: 300, sideways: true } // 500 by 500
    expect(toFractions(square, 300, 0)).toEqual({ x: 0.25, y: 0 })
    expect(toFractions(square, 0, 300)).toEqual({ x: 0.75, y: 1 })
  })

  it('are drawn where they were written', () => {
    for (const surface of [
      { width: 500, height: 200, sideways: false },
      { width: 300, height: 700, sideways: true },
    ]) {
      const seen: number[][] = []
      const pen = new Proxy<Record<string, unknown>>(
        { setTransform: (...matrix: number[]) => seen.push(matrix) },
        { get: (own, name) => own[String(name)] ?? (() => undefined), set: () => true },
      )
      draw(pen as unknown as DrawingContext, surface, [])
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = seen[seen.length - 1] ?? []
      const { x, y } = toFractions(surface, 120, 90)
      const [u, v] = [x * canvas.width, y * canvas.height]
      expect(a * u + c * v + e).toBeCloseTo(120)
      expect(b * u + d * v + f).toBeCloseTo(90)
    }
  })
})
