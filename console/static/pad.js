// The pad on which a person signs at a window. It records where the pen was and when. The server checks the handwriting and draws it.
'use strict'
{
  const pad = document.getElementById('pad')
  const form = document.getElementById('pad-form')
  const status = document.getElementById('pad-status')
  const pen = pad.getContext('2d')
  // A little less than todo.Strokes allows. Units are those of the canvas, which does not change its size.
  const limits = { strokes: 256, points: 3400, millis: 9.5 * 60_000, path: 190 * pad.width }
  const nearest = 3 // a smaller move is the trembling of a hand
  let strokes = []
  let pointer

  const all = () => strokes.flat()
  const pathOf = (stroke) => stroke.reduce((sum, p, i) => sum + (i ? Math.hypot(p.x - stroke[i - 1].x, p.y - stroke[i - 1].y) : 0), 0)
  const say = (text) => { status.textContent = text }
  const isFull = (at) =>
    strokes.length > limits.strokes || all().length >= limits.points || at - (all()[0]?.t ?? at) > limits.millis ||
    strokes.reduce((sum, stroke) => sum + pathOf(stroke), 0) > limits.path

  const spot = (event) => {
    const box = pad.getBoundingClientRect()
    const within = (share, side) => Math.round(Math.min(1, Math.max(0, share)) * side)
    const last = all().at(-1)
    return {
      x: within((event.clientX - box.left) / box.width, pad.width), y: within((event.clientY - box.top) / box.height, pad.height),
      t: Math.max(Math.round(event.timeStamp), last?.t ?? 0),
    }
  }
  const line = (from, to) => {
    pen.beginPath()
    pen.moveTo(from.x, from.y)
    pen.lineTo(to.x, to.y)
    pen.stroke()
  }
  const write = (event) => {
    const next = spot(event)
    const stroke = strokes.at(-1)
    const before = stroke.at(-1)
    if (Math.abs(next.x - before.x) < nearest && Math.abs(next.y - before.y) < nearest) return
    if (isFull(next.t)) return say(pad.dataset.full)
    stroke.push(next)
    line(before, next)
  }
  const clear = () => {
    strokes = []
    pen.clearRect(0, 0, pad.width, pad.height)
    say('')
  }

  /** Encodes the strokes in the form that todo.Strokes describes. */
  const encode = () => {
    const bytes = []
    const put = (n) => {
      for (; n > 127; n = Math.floor(n / 128)) bytes.push((n % 128) | 128)
      bytes.push(n)
    }
    const zigzag = (n) => (n < 0 ? -2 * n - 1 : 2 * n)
    for (const n of [1, pad.width, pad.height, strokes.length]) put(n)
    let last = { x: 0, y: 0, t: strokes[0][0].t }
    for (const stroke of strokes) {
      put(stroke.length)
      for (const p of stroke) {
        put(zigzag(p.x - last.x))
        put(zigzag(p.y - last.y))
        put(p.t - last.t)
        last = p
      }
    }
    return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  }

  pad.addEventListener('pointerdown', (event) => {
    if (pointer !== undefined || event.button !== 0) return
    const at = spot(event)
    if (isFull(at.t) || strokes.length === limits.strokes) return say(pad.dataset.full)
    pointer = event.pointerId
    pad.setPointerCapture(pointer)
    strokes.push([at])
    say('')
  })
  pad.addEventListener('pointermove', (event) => {
    if (event.pointerId !== pointer) return
    for (const piece of event.getCoalescedEvents?.() ?? [event]) write(piece)
  })
  const lift = (event) => { if (event.pointerId === pointer) pointer = undefined }
  pad.addEventListener('pointerup', lift)
  pad.addEventListener('pointercancel', lift)
  document.getElementById('pad-clear').addEventListener('click', clear)
  form.addEventListener('submit', (event) => {
    if (strokes.some((stroke) => stroke.length > 1)) {
      form.elements.strokes.value = encode()
      return
    }
    event.preventDefault()
    say(pad.dataset.empty)
  })
  window.addEventListener('pageshow', clear) // a page that is shown again has a new signature

  pen.lineWidth = 5
  pen.lineCap = pen.lineJoin = 'round'
  pen.strokeStyle = '#111'
  form.hidden = false
  document.getElementById('pad-without').hidden = true
}
