import { type PointerEvent, type Touch, type TouchEvent, useEffect, useRef } from 'react'
import { draw, drawLatest, type Surface, toFractions } from '../../strokes/draw'
import { TouchTracker } from '../../strokes/touch-tracker'
import type { SignatureCanvasProps } from '../props'

/** The surface of the signature pad, for finger, pen and mouse. */
export function SignatureCanvas({ recorder, label, sideways, version, onChange }: SignatureCanvasProps) {
  const element = useRef<HTMLCanvasElement>(null)
  const writing = useRef<number>()
  const finger = useRef(new TouchTracker<Touch>())

  // biome-ignore lint/correctness/useExhaustiveDependencies(version): a changed version means that strokes were removed
  useEffect(() => {
    const redraw = () => {
      const canvas = element.current
      if (!canvas) return
      const ratio = Math.min(window.devicePixelRatio || 1, 3)
      canvas.width = Math.round(canvas.clientWidth * ratio)
      canvas.height = Math.round(canvas.clientHeight * ratio)
      const pen = canvas.getContext('2d')
      if (pen) draw(pen, surfaceOf(canvas, sideways), recorder.strokes)
    }
    redraw()
    window.addEventListener('resize', redraw)
    return () => window.removeEventListener('resize', redraw)
  }, [recorder, sideways, version])

  const spot = (event: { clientX: number; clientY: number }) => {
    const box = element.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
    return toFractions(
      { width: box.width, height: box.height, sideways },
      event.clientX - box.left,
      event.clientY - box.top,
    )
  }
  const write = (event: { clientX: number; clientY: number }, at: number) => {
    const { x, y } = spot(event)
    const left = recorder.move(x, y, at)
    const canvas = element.current
    const pen = canvas?.getContext('2d')
    const stroke = recorder.strokes[recorder.strokes.length - 1]
    if (left && canvas && pen && stroke) drawLatest(pen, surfaceOf(canvas, sideways), stroke)
  }
  const end = () => {
    writing.current = undefined
    recorder.end()
    onChange()
  }
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    // A pointer that has not moved was the palm, put down before the pen. The pen replaces it.
    if ((writing.current !== undefined && !recorder.isResting) || event.button !== 0) return
    writing.current = event.pointerId
    event.currentTarget.setPointerCapture(event.pointerId)
    const { x, y } = spot(event)
    recorder.begin(x, y, event.timeStamp)
  }
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (writing.current !== event.pointerId) return
    // A slow device reports few events, but each contains the positions in between.
    const native = event.nativeEvent
    for (const piece of native.getCoalescedEvents?.() ?? [native]) write(piece, piece.timeStamp)
  }
  const up = (event: PointerEvent<HTMLCanvasElement>) => writing.current === event.pointerId && end()

  // iOS 11 and 12 have touch events only.
  const lift = (event: TouchEvent) => finger.current.end(event) && end()
  const touches =
    'PointerEvent' in window
      ? {}
      : {
          onTouchStart: (event: TouchEvent) => {
            const touch = finger.current.start(event, recorder.isResting)
            if (!touch) return
            const { x, y } = spot(touch)
            recorder.begin(x, y, event.timeStamp)
          },
          onTouchMove: (event: TouchEvent) => {
            const touch = finger.current.move(event)
            if (touch) write(touch, event.timeStamp)
          },
          onTouchEnd: lift,
          onTouchCancel: lift,
        }
  return (
    <canvas
      ref={element}
      className="signature-canvas"
      role="img"
      aria-label={label}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      {...touches}
    />
  )
}

function surfaceOf(canvas: HTMLCanvasElement, sideways: boolean): Surface {
  return { width: canvas.width, height: canvas.height, sideways }
}
