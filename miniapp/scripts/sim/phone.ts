// What a person sees and does on the current page.
import { setTimeout as pause } from 'node:timers/promises'
import type { SimPage, SimTouch, ViewNode } from './bundle'
import type { Device } from './device'
import { tapping } from './gesture'
import { server } from './sandbox'

const timeout = 20_000

/** A position on the signature pad. */
export type Spot = readonly [x: number, y: number]

/** A node with the nodes around it, from the root of the page to itself. */
interface Found {
  node: ViewNode
  path: ViewNode[]
}

export class Phone {
  /** `device` is what the bundle runs on. */
  constructor(
    private readonly stack: SimPage[],
    readonly device: Device,
  ) {}

  get page(): SimPage {
    const page = this.stack.at(-1)
    if (!page) throw new Error('no page is open')
    return page
  }

  /** Every text on the screen. */
  texts(): string[] {
    return this.nodes().flatMap(({ node: { v } }) => (typeof v === 'string' ? [v] : []))
  }

  /** Waits for one of the texts. */
  async until(...texts: string[]): Promise<void> {
    const end = Date.now() + timeout
    while (!this.texts().some((one) => texts.some((text) => one.includes(text)))) {
      if (Date.now() > end)
        throw new Error(`no "${texts.join('" or "')}" on the screen:\n  ${this.texts().join('\n  ')}`)
      await pause(50)
    }
    await pause(100) // the platform applies several changes at once
  }

  async gone(text: string): Promise<void> {
    const end = Date.now() + timeout
    while (this.texts().some((one) => one.includes(text))) {
      if (Date.now() > end) throw new Error(`"${text}" stays on the screen`)
      await pause(50)
    }
  }

  /** Waits until a text is on the screen less often than before. */
  async less(text: string, before: number): Promise<void> {
    const end = Date.now() + timeout
    while (this.texts().filter((one) => one === text).length >= before) {
      if (Date.now() > end) throw new Error(`"${text}" stays on the screen ${before} times`)
      await pause(50)
    }
  }

  /** Waits until a text is on the screen more often than before. */
  async more(text: string, before: number): Promise<void> {
    const end = Date.now() + timeout
    while (this.texts().filter((one) => one === text).length <= before) {
      if (Date.now() > end) throw new Error(`"${text}" is not on the screen again:\n  ${this.texts().join('\n  ')}`)
      await pause(50)
    }
  }

  /** Calls the API with the session of the app. */
  async ask(path: string, method = 'GET'): Promise<Response> {
    const { Authorization = '' } = this.device.sent.findLast(({ headers }) => headers.Authorization)?.headers ?? {}
    const reply = await fetch(new URL(path, server), { method, headers: { Authorization } })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status}`)
    return reply
  }

  /** Returns the bodies that were sent to a path, the last one first. */
  sent(path: string | RegExp): unknown[] {
    return this.device.sent
      .filter((request) => (typeof path === 'string' ? request.path === path : path.test(request.path)))
      .map(({ data }) => JSON.parse(data ?? '') as unknown)
      .reverse()
  }

  /** Hides the current page and shows it again. */
  toFront(): void {
    this.page.onHide?.()
    this.page.onShow?.()
  }

  async press(text: string): Promise<void> {
    await this.until(text)
    const found =
      this.nodes().find(({ node }) => node.v === text) ?? this.nodes().find(({ node }) => node.v?.includes(text))
    tapping(() => {
      for (const node of found?.path.slice(0, -1).reverse() ?? []) this.send(node, 'tap', {})
    })
  }

  async type(label: string, value: string): Promise<void> {
    await this.until(label)
    const field = this.nodes().find(
      ({ node }) => node.cl === 'field' && inside(node).some((one) => one.v?.includes(label)),
    )
    const input = field && inside(field.node).find((one) => one.cl === 'input')
    this.send(input, 'input', { value })
  }

  /** Chooses an option by its index. */
  async choose(label: string, at: number): Promise<void> {
    await this.until(label)
    const picker = this.nodes().find(({ node }) => node.cl === 'input picker')
    this.send(picker?.path.at(-2), 'change', { value: at })
  }

  /** Ticks every empty box. */
  async tickAll(): Promise<void> {
    for (const { node } of this.nodes().filter(({ node }) => node.cl === 'tick')) this.send(node, 'tap', {})
    await pause(50)
  }

  /** Writes on the signature pad. */
  async sign(strokes: readonly (readonly Spot[])[]): Promise<void> {
    await this.untilClass('signature-canvas')
    await pause(200)
    for (const [first, ...rest] of strokes) {
      if (!first) continue
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
  async back(): Promise<void> {
    this.stack.pop()?.onUnload?.()
    this.page.onShow?.()
    await pause(100)
  }

  /** Waits for a picture that shows something, and returns its bytes. */
  async picture(name: string): Promise<Buffer> {
    await this.untilClass(name)
    const picture = this.nodes().find(({ node }) => node.cl === name)
    // The name of the attribute is shortened to one letter.
    const src = strings(picture?.node ?? {}).find((value) => value.startsWith('data:')) ?? ''
    const bytes = Buffer.from(src.slice(src.indexOf(',') + 1), 'base64')
    if (!/^data:image\/\w+;base64,/.test(src) || bytes.length === 0)
      throw new Error(`no picture in ${src.slice(0, 100)}`)
    return bytes
  }

  async untilClass(name: string): Promise<void> {
    const end = Date.now() + timeout
    while (!this.nodes().some(({ node }) => node.cl === name)) {
      if (Date.now() > end) throw new Error(`no ${name} on the screen`)
      await pause(50)
    }
  }

  private touch(type: string, [x, y]: Spot): void {
    const canvas = this.nodes().find(({ node }) => node.cl === 'signature-canvas')
    this.send(canvas?.node, type, {}, [{ identifier: 0, x, y }])
  }

  private send(node: ViewNode | undefined, type: string, detail: object, touches: SimTouch[] = []): void {
    if (!node) throw new Error(`nothing on the screen takes a ${type}:\n  ${this.texts().join('\n  ')}`)
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

  nodes(): Found[] {
    const found: Found[] = []
    const walk = (node: ViewNode, path: ViewNode[]) => {
      found.push({ node, path: [...path, node] })
      for (const child of Object.values(node.cn ?? {})) walk(child, [...path, node])
    }
    for (const node of Object.values(this.page.data.root?.cn ?? {})) walk(node, [])
    return found
  }
}

function inside(node: ViewNode): ViewNode[] {
  return [node, ...Object.values(node.cn ?? {}).flatMap(inside)]
}

/** The values of a node that are texts. */
export function strings(node: ViewNode): string[] {
  return Object.values(node).filter((value): value is string => typeof value === 'string')
}
