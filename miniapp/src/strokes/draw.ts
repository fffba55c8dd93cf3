import type { Point, Stroke } from './encode'
import { canvas } from './recorder'

/** The part of a canvas context that is used. It is the same on every platform. */
export type DrawingContext = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'quadraticCurveTo'
  | 'stroke'
  | 'clearRect'
  | 'setTransform'
  | 'lineWidth'
  | 'lineCap'
  | 'lineJoin'
  | 'strokeStyle'
>

const thickness = 7 // canvas units

/** A surface: its size in pixels, and whether the device is turned. */
export interface Surface {
  width: number
  height: number
  sideways: boolean
}

/** Clears the surface and draws all strokes. */
export function draw(pen: DrawingContext, on: Surface, strokes: readonly Stroke[]): void {
  pen.setTransform(1, 0, 0, 1, 0, 0)
  pen.clearRect(0, 0, on.width, on.height)
  prepare(pen, on)
  for (const stroke of strokes) trace(pen, stroke)
}

/** Draws the end of a stroke only, so that a slow device does not redraw everything at every move. */
export function drawLatest(pen: DrawingContext, on: Surface, stroke: Stroke): void {
  prepare(pen, on)
  trace(pen, stroke.slice(-3))
}

/** Converts a position on a surface to fractions of the canvas. */
export function toFractions(on: Surface, x: number, y: number): { x: number; y: number } {
  const { unit, left, top } = placement(on)
  const along = on.sideways ? y : x
  const down = on.sideways ? on.width - x : y
  return { x: (left + along / unit) / canvas.width, y: (top + down / unit) / canvas.height }
}

/**
 * Lays a surface of any shape on the canvas: as large as it fits, in the middle, and without stretching, so that a name
 * looks the same on both pads. Returns the pixels of a canvas unit, and where the surface begins on the canvas.
 */
function placement({ width, height, sideways }: Surface): { unit: number; left: number; top: number } {
  const [along, down] = sideways ? [height, width] : [width, height]
  const unit = Math.max(along / canvas.width, down / canvas.height)
  return { unit, left: (canvas.width - along / unit) / 2, top: (canvas.height - down / unit) / 2 }
}

function prepare(pen: DrawingContext, on: Surface): void {
  const { unit, left, top } = placement(on)
  if (on.sideways) pen.setTransform(0, unit, -unit, 0, on.width + top * unit, -left * unit)
  else pen.setTransform(unit, 0, 0, unit, -left * unit, -top * unit)
  pen.lineWidth = thickness
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  pen.strokeStyle = THEME.ink
}

/** Draws curves through the midpoints between points, so that few points on a slow device make no corners. */
function trace(pen: DrawingContext, stroke: Stroke): void {
  const [first, ...rest] = stroke
  const last = stroke[stroke.length - 1]
  if (!first || !last) return
  pen.beginPath()
  pen.moveTo(first.x, first.y)
  let from: Point = first
  for (const point of rest) {
    pen.quadraticCurveTo(from.x, from.y, (from.x + point.x) / 2, (from.y + point.y) / 2)
    from = point
  }
  pen.lineTo(last.x, last.y)
  pen.stroke()
}
