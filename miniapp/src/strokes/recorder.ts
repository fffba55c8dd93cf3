import { encode, type Point, type Stroke } from './encode'

/** The coordinate system of the strokes, independent of the size of the surface. Twice as wide as high. */
export const canvas = { width: 1000, height: 500 }

// A little less than the API allows. A point takes up to five bytes of the 18 KiB of a handwriting.
const maxStrokes = 256
const maxPoints = 3400
const maxMillis = 9.5 * 60_000
const maxPath = 190 * canvas.width // of the pen while it is down
const nearly = 0.9
const nearest = 3 // canvas units; a smaller move is the trembling of a finger

/** Records a handwriting, independent of surface and clock. */
export class Recorder {
  private done: Point[][] = []
  private drawing: Point[] | undefined
  private stopped = false
  private path = 0 // in canvas units

  get strokes(): readonly Stroke[] {
    return this.drawing ? [...this.done, this.drawing] : this.done
  }

  get isEmpty(): boolean {
    return this.done.length === 0
  }

  /** Whether nothing can be added. The person has to clear the pad and sign again. */
  get isFull(): boolean {
    return this.used() >= 1
  }

  /** Whether only little can be added. */
  get isNearlyFull(): boolean {
    return this.used() >= nearly
  }

  /** Whether the pen was used after the time that the API allows since the first point. */
  get isLate(): boolean {
    return this.stopped
  }

  /** Whether the pen is down and has not moved. */
  get isResting(): boolean {
    return this.drawing?.length === 1
  }

  /**
   * Puts the pen down. Positions are fractions of the surface, 0 to 1; `now` is in milliseconds. A running stroke
   * is ended and kept, or dropped if the pen has not moved.
   */
  begin(x: number, y: number, now: number): void {
    if (this.isResting) this.drawing = undefined
    this.end()
    if (this.isFull || this.isTooLate(now)) return
    this.drawing = [pointAt(x, y, Math.max(now, this.last()?.t ?? now))]
  }

  /** Moves the pen. Reports whether the stroke became longer. */
  move(x: number, y: number, now: number): boolean {
    const pen = this.drawing?.[this.drawing.length - 1]
    if (!this.drawing || !pen || this.isFull) return false
    const next = pointAt(x, y, Math.max(now, pen.t))
    if (Math.abs(next.x - pen.x) < nearest && Math.abs(next.y - pen.y) < nearest) return false
    if (this.isTooLate(next.t)) return false
    this.drawing.push(next)
    this.path += distance(pen, next)
    return true
  }

  /** Lifts the pen. */
  end(): void {
    if (this.drawing) this.done.push(this.drawing)
    this.drawing = undefined
  }

  undo(): void {
    this.drawing = undefined
    this.stopped = false
    this.done.pop()
    this.path = this.done.reduce((sum, stroke) => sum + lengthOf(stroke), 0)
  }

  clear(): void {
    this.drawing = undefined
    this.stopped = false
    this.done = []
    this.path = 0
  }

  encode(): string {
    return encode(canvas.width, canvas.height, this.done)
  }

  private isTooLate(now: number): boolean {
    const started = this.strokes[0]?.[0]?.t ?? now
    this.stopped = now - started > maxMillis
    return this.stopped
  }

  private last(): Point | undefined {
    const stroke = this.done[this.done.length - 1]
    return stroke?.[stroke.length - 1]
  }

  /** The used fraction of the limits. */
  private used(): number {
    const points = this.strokes.reduce((sum, stroke) => sum + stroke.length, 0)
    return Math.max(this.done.length / maxStrokes, points / maxPoints, this.path / maxPath)
  }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y)
}

function lengthOf(stroke: Stroke): number {
  return stroke.reduce((sum, point, i) => sum + distance(stroke[Math.max(0, i - 1)] ?? point, point), 0)
}

function pointAt(x: number, y: number, now: number): Point {
  const clamped = (share: number) => Math.min(1, Math.max(0, share))
  return { x: Math.round(clamped(x) * canvas.width), y: Math.round(clamped(y) * canvas.height), t: Math.round(now) }
}
