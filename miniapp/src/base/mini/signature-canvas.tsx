import { Canvas, type CanvasTouchEvent, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useEffect, useId, useRef } from 'react'
import { systemOf } from '../../platform/mini/system'
import { type DrawingContext, draw, drawLatest, type Surface, toFractions } from '../../strokes/draw'
import { TouchTracker } from '../../strokes/touch-tracker'
import type { SignatureCanvasProps } from '../props'
import { aria } from './aria'

type CanvasTouch = CanvasTouchEvent['touches'][number]

interface Surface2D {
  pen: DrawingContext
  pixels: Surface
  /** The surface in the units of touch events. */
  seen: Surface
}

/** The surface of the signature pad, on the 2D canvas of mini-programs. */
export function SignatureCanvas({ recorder, label, sideways, version, onChange }: SignatureCanvasProps) {
  const id = `ink${useId().replace(/\W/g, '')}`
  const sheet = useRef<Surface2D>()

  // biome-ignore lint/correctness/useExhaustiveDependencies(version): a changed version means that strokes were removed
  useEffect(() => {
    let gone = false
    // The canvas exists one tick after its screen.
    Taro.nextTick(() => {
      if (sheet.current) draw(sheet.current.pen, sheet.current.pixels, recorder.strokes)
      else
        void measure(id, sideways).then((found) => {
          if (gone || !found) return
          sheet.current = found
          draw(found.pen, found.pixels, recorder.strokes)
        })
    })
    return () => {
      gone = true
    }
  }, [id, recorder, sideways, version])

  const finger = useRef(new TouchTracker<CanvasTouch>())
  const spot = (touch: CanvasTouch | undefined) => {
    const seen = sheet.current?.seen
    return touch && seen && Number.isFinite(touch.x + touch.y) ? toFractions(seen, touch.x, touch.y) : undefined
  }
  const down = (event: CanvasTouchEvent) => {
    const at = spot(finger.current.start(event, recorder.isResting))
    if (at) recorder.begin(at.x, at.y, Date.now())
  }
  const move = (event: CanvasTouchEvent) => {
    const at = spot(finger.current.move(event))
    if (!at || !recorder.move(at.x, at.y, Date.now())) return
    const stroke = recorder.strokes[recorder.strokes.length - 1]
    if (sheet.current && stroke) drawLatest(sheet.current.pen, sheet.current.pixels, stroke)
  }
  const up = (event: CanvasTouchEvent) => {
    if (!finger.current.end(event)) return
    recorder.end()
    onChange()
  }
  return (
    <View className="signature-frame" {...aria({ role: 'img', label })}>
      <Canvas
        type="2d"
        id={id}
        canvasId={id}
        className="signature-canvas"
        disableScroll
        onTouchStart={down}
        onTouchMove={move}
        onTouchEnd={up}
        onTouchCancel={up}
      />
    </View>
  )
}

function measure(id: string, sideways: boolean): Promise<Surface2D | undefined> {
  return new Promise((resolve) => {
    Taro.createSelectorQuery()
      .select(`#${id}`)
      .fields({ node: true, size: true })
      .exec((found) => {
        const [canvas] = found as [{ node?: HTMLCanvasElement; width: number; height: number } | null]
        const pen = canvas?.node?.getContext('2d')
        if (!canvas?.node || !pen) return resolve(undefined)
        const ratio = Math.min(systemOf(() => Taro.getSystemInfoSync()).pixelRatio || 1, 3)
        canvas.node.width = Math.round(canvas.width * ratio)
        canvas.node.height = Math.round(canvas.height * ratio)
        resolve({
          pen,
          pixels: { width: canvas.node.width, height: canvas.node.height, sideways },
          seen: { width: canvas.width, height: canvas.height, sideways },
        })
      })
  })
}
