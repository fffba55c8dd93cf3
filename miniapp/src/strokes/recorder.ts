import { encode, type Point, type Stroke } from './encode'

/** The canvas that strokes are kept in, whatever the size of the surface that is drawn on. Twice as wide as high. */
export const canvas = { width: 1000, height: 500 }

// Bounds of the contract, a little inside.
const maxStrokes = 64
const maxPoints = 4000
const maxMillis = 9.5 * 60_000
const nearest = 3 // canvas units; less is the trembling of a finger

/** Records a handwriting. It knows no surface and no clock. */
export class Recorder {
  private done: Point[][] = []
  private drawing: Point[] | undefined

  get strokes(): readonly Stroke[] {
    return this.drawing ? [...this.done, this.drawing] : this.done
  }

  get empty(): boolean {
    return this.done.length === 0
  }

  /** Nothing more can be added; the person clears and signs again. */
  get full(): boolean {
    return this.done.length >= maxStrokes || this.count() >= maxPoints
  }

  /** Puts the pen down. Positions are shares of the surface, 0 to 1; `now` is in milliseconds. */
  begin(x: number, y: number, now: number): void {
    if (this.full || now - this.started(now) > maxMillis) return
    this.drawing = [pointAt(x, y, Math.max(now, this.last()?.t ?? now))]
  }

  /** Moves the pen; true where that left a trace. */
  move(x: number, y: number, now: number): boolean {
    const pen = this.drawing?.[this.drawing.length - 1]
    if (!this.drawing || !pen || this.full) return false
    const next = pointAt(x, y, Math.max(now, pen.t))
    if (Math.abs(next.x - pen.x) < nearest && Math.abs(next.y - pen.y) < nearest) return false
    if (next.t - this.started(next.t) > maxMillis) return false
    this.drawing.push(next)
    return true
  }

  /** Lifts the pen. */
  end(): void {
    if (this.drawing) this.done.push(this.drawing)
    this.drawing = undefined
  }

  undo(): void {
    this.drawing = undefined
    this.done.pop()
  }

  clear(): void {
    this.drawing = undefined
    this.done = []
  }

  encoded(): string {
    return encode(canvas.width, canvas.height, this.done)
  }

  private started(now: number): number {
    return this.strokes[0]?.[0]?.t ?? now
  }

  private last(): Point | undefined {
    const stroke = this.done[this.done.length - 1]
    return stroke?.[stroke.length - 1]
  }

  private count(): number {
    return this.strokes.reduce((sum, stroke) => sum + stroke.length, 0)
  }
}

function pointAt(x: number, y: number, now: number): Point {
  const clamped = (share: number) => Math.min(1, Math.max(0, share))
  return { x: Math.round(clamped(x) * canvas.width), y: Math.round(clamped(y) * canvas.height), t: Math.round(now) }
}
