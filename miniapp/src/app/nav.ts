import Taro from '@tarojs/taro'
import { above } from '../journey/next'
import { isScreen, type Place, type Screen } from '../journey/screen'
import { createQueue } from './queue'
import { current } from './store'

const page = '/pages/screen/index'
const deepest = 9 // mini-programs allow ten pages
const patience = 1000 // milliseconds; no platform promises to report the end of every navigation

const enqueue = createQueue(() => new Promise((resolve) => setTimeout(resolve, patience)))

/** The address of a place. Ids are opaque; nothing personal ever stands in an address. */
export function addressOf({ screen, id, purpose }: Place): string {
  const parts = [`s=${screen}`, id && `id=${encodeURIComponent(id)}`, purpose && `purpose=${purpose}`]
  return `${page}?${parts.filter(Boolean).join('&')}`
}

/** Reads a place back; what is no place is the entry. */
export function placeFrom(params: Partial<Record<string, string>>): Place {
  const { s, id, purpose } = params
  const screen: Screen = isScreen(s) ? s : 'entry'
  return {
    screen,
    id: id && decodeURIComponent(id),
    purpose: purpose === 'access' || purpose === 'confirm' ? purpose : undefined,
  }
}

/** Goes on to a place, from which "back" leads here. */
export function go(place: Place): void {
  enqueue(`go ${addressOf(place)}`, () => push(place))
}

/** Goes on in place of this screen, to which there is no way back: a step that was done stays done. */
export function swap(place: Place): void {
  if (place.screen === 'entry') go(place)
  else enqueue(`swap ${addressOf(place)}`, () => replace(place))
}

/** Goes on to a place where a step ends: back to it where it is under this screen, in place of this screen otherwise. */
export function follow(place: Place): void {
  if (place.screen === 'entry') go(place)
  else enqueue(`follow ${addressOf(place)}`, () => returnTo(place))
}

// These look at the stack when a navigation starts, not when it is requested: the one before may have changed the stack.

function push(place: Place): Promise<unknown> {
  const url = addressOf(place)
  if (place.screen === 'entry') return Taro.reLaunch({ url })
  return Taro.getCurrentPages().length >= deepest ? Taro.redirectTo({ url }) : Taro.navigateTo({ url })
}

function replace(place: Place): Promise<unknown> {
  return place.screen === 'entry' ? push(place) : Taro.redirectTo({ url: addressOf(place) })
}

function returnTo(place: Place): Promise<unknown> {
  const pages = Taro.getCurrentPages()
  const under = pages
    .slice(0, -1)
    .map((page) => shows(page.$taroPath ?? '', place))
    .lastIndexOf(true)
  return under >= 0 ? Taro.navigateBack({ delta: pages.length - 1 - under }) : replace(place)
}

function shows(path: string, { screen, id }: Place): boolean {
  const params = path.slice(path.indexOf('?') + 1).split('&')
  return params.includes(`s=${screen}`) && (id === undefined || params.includes(`id=${encodeURIComponent(id)}`))
}

/** Goes back. If the app was opened on this screen, or on the entry under it, goes to the screen above this one. */
export function back(from: Place): void {
  enqueue(`back ${addressOf(from)}`, () => {
    const under = Taro.getCurrentPages()
      .slice(-2, -1)
      .map((page) => page.$taroPath ?? '')
    const up = above(from, current().verification)
    const opened = under.every((path) => !/[?&]s=(?!entry)/.test(path)) // the first page's address names no screen
    return under.length > 0 && (up.screen === 'entry' || !opened) ? Taro.navigateBack() : replace(up)
  })
}
