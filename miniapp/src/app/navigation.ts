import Taro from '@tarojs/taro'
import { parentOf } from '../journey/next'
import { isScreen, type Route, type Screen } from '../journey/route'
import { createQueue } from './navigation-queue'
import { getState } from './store'

const pagePath = '/pages/screen/index'
const maxPages = 9 // mini-programs allow ten pages
const timeout = 1000 // milliseconds; no platform guarantees that it reports the end of a navigation

const enqueue = createQueue(() => new Promise((resolve) => setTimeout(resolve, timeout)))

/** Returns the URL of a route. It contains opaque ids only, never personal data. */
export function urlOf({ screen, id, purpose }: Route): string {
  const params = [`s=${screen}`, id && `id=${encodeURIComponent(id)}`, purpose && `purpose=${purpose}`]
  return `${pagePath}?${params.filter(Boolean).join('&')}`
}

/** Parses the parameters of a URL. Returns the entry if they name no screen. */
export function routeFrom(params: Partial<Record<string, string>>): Route {
  const { s, id, purpose } = params
  const screen: Screen = isScreen(s) ? s : 'entry'
  return {
    screen,
    id: id && decodeURIComponent(id),
    purpose: purpose === 'access' || purpose === 'confirm' ? purpose : undefined,
  }
}

/** Opens a route on top of the current screen. */
export function push(route: Route): void {
  enqueue(`push ${urlOf(route)}`, () => open(route))
}

/** Opens a route instead of the current screen, so that "back" does not lead to a step that is done. */
export function replace(route: Route): void {
  if (route.screen === 'entry') push(route)
  else enqueue(`replace ${urlOf(route)}`, () => redirect(route))
}

/** Returns to a route if it is in the page stack, and replaces the current screen otherwise. */
export function popTo(route: Route): void {
  if (route.screen === 'entry') push(route)
  else enqueue(`popTo ${urlOf(route)}`, () => returnOrRedirect(route))
}

/** Returns to the previous page, or to the parent screen if the app was opened on this screen or on the entry below it. */
export function goBack(from: Route): void {
  enqueue(`goBack ${urlOf(from)}`, () => {
    const previous = Taro.getCurrentPages()
      .slice(-2, -1)
      .map((page) => page.$taroPath ?? '')
    const parent = parentOf(from, getState().verification)
    const isFirst = previous.every((path) => !/[?&]s=(?!entry)/.test(path)) // the URL of the first page has no screen
    return previous.length > 0 && (parent.screen === 'entry' || !isFirst) ? Taro.navigateBack() : redirect(parent)
  })
}

// The functions below read the page stack when a navigation starts, not when it is requested, because the navigation
// before it may have changed the stack.

function open(route: Route): Promise<unknown> {
  const url = urlOf(route)
  if (route.screen === 'entry') return Taro.reLaunch({ url })
  return Taro.getCurrentPages().length >= maxPages ? Taro.redirectTo({ url }) : Taro.navigateTo({ url })
}

function redirect(route: Route): Promise<unknown> {
  return route.screen === 'entry' ? open(route) : Taro.redirectTo({ url: urlOf(route) })
}

function returnOrRedirect(route: Route): Promise<unknown> {
  const pages = Taro.getCurrentPages()
  const index = pages
    .slice(0, -1)
    .map((page) => matches(page.$taroPath ?? '', route))
    .lastIndexOf(true)
  return index >= 0 ? Taro.navigateBack({ delta: pages.length - 1 - index }) : redirect(route)
}

function matches(path: string, { screen, id }: Route): boolean {
  const params = path.slice(path.indexOf('?') + 1).split('&')
  return params.includes(`s=${screen}`) && (id === undefined || params.includes(`id=${encodeURIComponent(id)}`))
}
