import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { WebPages } from '../../src/platform/web/pages'

const { createPages } =
  await vi.importActual<typeof import('../../src/platform/web/pages')>('../../src/platform/web/pages')

const address = (screen: string) => `/pages/screen/index?s=${screen}`
const screens = (pages: WebPages) => pages.addresses().map((one) => /s=(\w+)/.exec(one)?.[1] ?? '')
const shown = (pages: WebPages) => pages.open().map((page) => page.shown)

/** Moves in the history as a browser's buttons do. */
function travel(by: number): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener('popstate', () => resolve(), { once: true })
    history.go(by)
  })
}

/** A browser's tab that has opened the client at an address. */
function opened(hash = ''): WebPages {
  history.pushState(null, '', `/${hash}`)
  return createPages(window)
}

describe('the pages of a browser', () => {
  beforeEach(() => vi.useRealTimers())

  it('are entries of the history, with addresses that name the screen', async () => {
    const pages = opened()
    await pages.push(address('list'))
    await pages.push(address('detail'))
    expect(location.hash).toBe(`#${address('detail')}`)
    expect(screens(pages)).toEqual(['', 'list', 'detail'])
    await travel(-1)
    expect(screens(pages)).toEqual(['', 'list'])
    expect(shown(pages)).toEqual([1, 2])
    expect(location.hash).toBe(`#${address('list')}`)
  })

  it('stay open below the one that is shown', async () => {
    const pages = opened()
    await pages.push(address('list'))
    const [, list] = pages.open()
    await pages.push(address('detail'))
    await pages.pop(1)
    expect(pages.open()[1]?.key).toBe(list?.key)
  })

  it('replace each other without an entry, so that "back" does not find the one that was replaced', async () => {
    const pages = opened()
    await pages.push(address('notices'))
    await pages.replace(address('identity'))
    await pages.replace(address('face'))
    expect(screens(pages)).toEqual(['', 'face'])
    await travel(-1)
    expect(screens(pages)).toEqual([''])
  })

  it('close together', async () => {
    const pages = opened()
    for (const screen of ['list', 'detail', 'refuse']) await pages.push(address(screen))
    await pages.pop(2)
    expect(screens(pages)).toEqual(['', 'list'])
    await pages.replace(address('records'))
    expect(screens(pages)).toEqual(['', 'records'])
    await travel(-1)
    expect(screens(pages)).toEqual([''])
  })

  it('give way to one that is opened instead of all', async () => {
    const pages = opened()
    await pages.push(address('list'))
    await pages.reset(address('entry'))
    expect(screens(pages)).toEqual(['entry'])
  })

  it('are opened anew by "back" and "forward" after a reload', async () => {
    const before = opened()
    await before.push(address('list'))
    await before.push(address('detail'))
    const pages = createPages(window) // the reloaded client; the one before it no longer runs
    expect(screens(pages)).toEqual(['detail'])
    await travel(-1)
    expect(screens(pages)).toEqual(['list'])
    await travel(1)
    expect(screens(pages)).toEqual(['list', 'detail'])
  })

  it('open an address that somebody typed, on top', async () => {
    const pages = opened()
    await pages.push(address('list'))
    const arrived = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }))
    location.hash = address('rules')
    await arrived
    expect(screens(pages)).toEqual(['', 'list', 'rules'])
    await pages.pop(1)
    expect(screens(pages)).toEqual(['', 'list'])
  })

  it('are announced to those who subscribe, until they unsubscribe', async () => {
    const pages = opened()
    const changed = vi.fn()
    const end = pages.subscribe(changed)
    await pages.push(address('list'))
    expect(changed).toHaveBeenCalledTimes(1)
    end()
    await pages.push(address('detail'))
    expect(changed).toHaveBeenCalledTimes(1)
  })
})
