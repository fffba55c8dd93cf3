// What a person sees and does on the page that is in front.
import { setTimeout as pause } from 'node:timers/promises'
import { tapping } from './gesture.mjs'

const patience = 20_000

export class Phone {
  constructor(stack) {
    this.stack = stack
  }

  get page() {
    return this.stack.at(-1)
  }

  /** Every text on the screen. */
  texts() {
    return this.nodes().filter(({ node }) => typeof node.v === 'string').map(({ node }) => node.v)
  }

  async until(text) {
    const end = Date.now() + patience
    while (!this.texts().some((one) => one.includes(text))) {
      if (Date.now() > end) throw new Error(`no "${text}" on the screen:\n  ${this.texts().join('\n  ')}`)
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

  /** Takes the phone up again: the page in front is shown anew. */
  toFront() {
    this.page.onHide?.()
    this.page.onShow?.()
  }

  async press(text, nth = 0) {
    await this.until(text)
    const found = this.nodes().filter(({ node }) => node.v === text)[nth] ?? this.nodes().filter(({ node }) => node.v?.includes(text))[nth]
    tapping(() => { for (const node of found.path.slice(0, -1).reverse()) this.send(node, 'tap', {}) })
  }

  async type(label, value) {
    await this.until(label)
    const field = this.nodes().find(({ node }) => node.cl === 'field' && inside(node).some((one) => one.v?.includes(label)))
    const input = inside(field.node).find((one) => one.cl === 'input')
    this.send(input, 'input', { value })
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
    this.page.eh({ type, timeStamp: Date.now(), detail, target, currentTarget: target, touches: ended ? [] : touches, changedTouches: touches })
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
