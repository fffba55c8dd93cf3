// What a person sees and does on the page that is in front.
import { setTimeout as pause } from 'node:timers/promises'
import { tapping } from './gesture.mjs'
import { server } from './sandbox.mjs'

const patience = 20_000

export class Phone {
  /** `device` is what the bundle runs on. */
  constructor(stack, device) {
    Object.assign(this, { stack, device })
  }

  get page() {
    return this.stack.at(-1)
  }

  /** Every text on the screen. */
  texts() {
    return this.nodes()
      .filter(({ node }) => typeof node.v === 'string')
      .map(({ node }) => node.v)
  }

  /** Waits for one of the texts. */
  async until(...texts) {
    const end = Date.now() + patience
    while (!this.texts().some((one) => texts.some((text) => one.includes(text)))) {
      if (Date.now() > end)
        throw new Error(`no "${texts.join('" or "')}" on the screen:\n  ${this.texts().join('\n  ')}`)
      await pause(50)
    }
    await pause(100) // the platform applies what comes in one go
  }

  async gone(text) {
    const end = Date.now() + patience
    while (this.texts().some((one) => one.includes(text))) {
      if (Date.now() > end) throw new Error(`"${text}" stays on the screen`)
      await pause(50)
    }
  }

  /** Waits until something stands on the screen less often than before. */
  async less(text, before) {
    const end = Date.now() + patience
    while (this.texts().filter((one) => one === text).length >= before) {
      if (Date.now() > end) throw new Error(`"${text}" stays on the screen ${before} times`)
      await pause(50)
    }
  }

  /** Asks the server in the name of the session that the app has. */
  async ask(path, method = 'GET') {
    const { headers } = this.device.sent.findLast(({ headers }) => headers.Authorization)
    const reply = await fetch(new URL(path, server), { method, headers: { Authorization: headers.Authorization } })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status}`)
    return reply
  }

  /** What was sent to a path, the last first. */
  sent(path) {
    return this.device.sent
      .filter(({ url }) => url === path)
      .map(({ data }) => JSON.parse(data))
      .reverse()
  }

  /** Takes the phone up again: the page in front is shown anew. */
  toFront() {
    this.page.onHide?.()
    this.page.onShow?.()
  }

  async press(text, nth = 0) {
    await this.until(text)
    const found =
      this.nodes().filter(({ node }) => node.v === text)[nth] ??
      this.nodes().filter(({ node }) => node.v?.includes(text))[nth]
    tapping(() => {
      for (const node of found.path.slice(0, -1).reverse()) this.send(node, 'tap', {})
    })
  }

  async type(label, value) {
    await this.until(label)
    const field = this.nodes().find(
      ({ node }) => node.cl === 'field' && inside(node).some((one) => one.v?.includes(label)),
    )
    const input = inside(field.node).find((one) => one.cl === 'input')
    this.send(input, 'input', { value })
  }

  /** Chooses from a list, by place. */
  async choose(label, at) {
    await this.until(label)
    const { path } = this.nodes().find(({ node }) => node.cl === 'input picker')
    this.send(path.at(-2), 'change', { value: at })
  }

  /** Ticks every empty box. */
  async tickAll() {
    for (const { node } of this.nodes().filter(({ node }) => node.cl === 'tick')) this.send(node, 'tap', {})
    await pause(50)
  }

  /** Writes on the signature pad. */
  async sign(strokes) {
    await this.untilClass('ink')
    await pause(200)
    for (const [first, ...rest] of strokes) {
      this.touch('touchstart', first)
      for (const point of rest) {
        await pause(20)
        this.touch('touchmove', point)
      }
      this.touch('touchend', rest.at(-1) ?? first)
      await pause(60)
    }
  }

  /** Presses the platform's own "back". */
  async back() {
    this.stack.pop().onUnload?.()
    this.page.onShow?.()
    await pause(100)
  }

  /** Waits for a picture that shows something, and returns its bytes. */
  async picture(name) {
    await this.untilClass(name)
    const { node } = this.nodes().find(({ node }) => node.cl === name)
    const src = Object.values(node).find((value) => /^data:/.test(value)) ?? '' // its attribute has a name of one letter
    const bytes = Buffer.from(src.slice(src.indexOf(',') + 1), 'base64')
    if (!/^data:image\/\w+;base64,/.test(src) || bytes.length === 0)
      throw new Error(`no picture in ${src.slice(0, 100)}`)
    return bytes
  }

  async untilClass(name) {
    const end = Date.now() + patience
    while (!this.nodes().some(({ node }) => node.cl === name)) {
      if (Date.now() > end) throw new Error(`no ${name} on the screen`)
      await pause(50)
    }
  }

  touch(type, [x, y]) {
    const { node } = this.nodes().find(({ node }) => node.cl === 'ink')
    this.send(node, type, {}, [{ identifier: 0, x, y }])
  }

  send(node, type, detail, touches = []) {
    const id = node.uid ?? node.sid
    const target = { id, dataset: { sid: node.sid } }
    const ended = type === 'touchend'
    this.page.eh({
      type,
      timeStamp: Date.now(),
      detail,
      target,
      currentTarget: target,
      touches: ended ? [] : touches,
      changedTouches: touches,
    })
  }

  nodes() {
    const found = []
    const walk = (node, path) => {
      found.push({ node, path: [...path, node] })
      for (const child of Object.values(node.cn ?? {})) walk(child, [...path, node])
    }
    for (const node of Object.values(this.page.data.root?.cn ?? {})) walk(node, [])
    return found
  }
}

function inside(node) {
  return [node, ...Object.values(node.cn ?? {}).flatMap(inside)]
}
