import { beforeEach, describe, expect, it } from 'vitest'
import { goBackToDeparture, leave, takeReturnedQuery } from '../../src/platform/web/leave'

/** A browser's tab, as far as leaving and returning concern it. */
class Tab {
  readonly sessionStorage = window.sessionStorage
  readonly entries: { url: string; state: unknown }[] = [{ url: '/#list', state: { key: 'list' } }]
  at = 0

  readonly history = ((tab: Tab) => ({
    get length() {
      return tab.entries.length
    },
    get state() {
      return tab.entries[tab.at]?.state ?? null
    },
    pushState: (state: unknown, _: string, url: string) => tab.open(url, state),
    go: (by: number) => {
      tab.at += by
    },
  }))(this)

  readonly location = ((tab: Tab) => ({
    get href() {
      return tab.entries[tab.at]?.url ?? ''
    },
    get hash() {
      return /#.*/.exec(this.href)?.[0] ?? ''
    },
    get search() {
      return /\?[^#]*/.exec(this.href)?.[0] ?? ''
    },
    replace: (url: string) => {
      tab.entries[tab.at] = { url, state: null }
    },
  }))(this)

  /** Opens an address as a link does. Entries ahead are removed. */
  open(url: string, state: unknown = null) {
    this.entries.splice(++this.at, this.entries.length, { url, state })
  }

  get window() {
    return this as unknown as Window
  }
}

describe('leaving for the page of a third party', () => {
  beforeEach(() => sessionStorage.clear())

  it('ends at the entry that was left, whatever is between, with nothing of it behind', () => {
    const tab = new Tab()
    tab.open('/#face', { key: 'face' })
    leave('https://face.example/', tab.window)
    tab.open('https://face.example/shown')
    tab.open('/')
    expect(goBackToDeparture(tab.window)).toBe(true)
    expect(tab.location.href).toBe('/#face')
    expect(tab.entries.slice(0, tab.at).map(({ url }) => url)).toEqual(['/#list'])
  })

  it('brings along how the sign-in ended, once', () => {
    const tab = new Tab()
    leave('/v1/web/login', tab.window)
    tab.open('/?login=failed')
    expect(goBackToDeparture(tab.window)).toBe(true)
    expect(takeReturnedQuery(tab.window)).toBe('?login=failed')
    expect(takeReturnedQuery(tab.window)).toBe('')
  })

  it('is undone by "back", and a return later still finds its entry', () => {
    const tab = new Tab()
    leave('https://face.example/', tab.window)
    tab.at -= 1
    expect(goBackToDeparture(tab.window)).toBe(false)
    tab.at += 1
    tab.open('/')
    expect(goBackToDeparture(tab.window)).toBe(true)
    expect(tab.location.href).toBe('/#list')
  })

  it('does not mistake a link for a return', () => {
    const tab = new Tab()
    leave('https://face.example/', tab.window)
    tab.open('/#/pages/screen/index?invitation=T')
    expect(goBackToDeparture(tab.window)).toBe(false)
    tab.open('/')
    expect(goBackToDeparture(tab.window)).toBe(false)
  })

  it('works without storage, but skips nothing then', () => {
    const tab = new Tab()
    Object.defineProperty(tab, 'sessionStorage', {
      get: () => {
        throw new Error('denied')
      },
    })
    leave('https://face.example/', tab.window)
    tab.open('/')
    expect(goBackToDeparture(tab.window)).toBe(false)
    expect(takeReturnedQuery(tab.window)).toBe('')
  })
})
