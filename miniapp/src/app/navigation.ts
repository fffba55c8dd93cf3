import { platform } from '@platform'
import { invitationIn } from '../journey/invitation'
import { parentOf } from '../journey/next'
import { isScreen, type Route, type Screen } from '../journey/route'
import { createQueue } from './navigation-queue'
import { getState } from './store'

const { pages } = platform
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
    invitation: invitationIn(params),
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
    const previous = pages.addresses().slice(-2, -1)
    const parent = parentOf(from, getState().verification)
    const isFirst = previous.every((address) => !/[?&]s=(?!entry)/.test(address)) // the address of the first page has no screen
    return previous.length > 0 && (parent.screen === 'entry' || !isFirst) ? pages.pop(1) : redirect(parent)
  })
}

// The functions below read the page stack when a navigation starts, not when it is requested, because the navigation
// before it may have changed the stack.

function open(route: Route): Promise<unknown> {
  const url = urlOf(route)
  if (route.screen === 'entry') return pages.reset(url)
  return pages.addresses().length >= maxPages ? pages.replace(url) : pages.push(url)
}

function redirect(route: Route): Promise<unknown> {
  return route.screen === 'entry' ? open(route) : pages.replace(urlOf(route))
}

function returnOrRedirect(route: Route): Promise<unknown> {
  const below = pages.addresses().slice(0, -1)
  const index = below.map((address) => matches(address, route)).lastIndexOf(true)
  return index >= 0 ? pages.pop(below.length - index) : redirect(route)
}

function matches(address: string, { screen, id }: Route): boolean {
  const params = address.slice(address.indexOf('?') + 1).split('&')
  return params.includes(`s=${screen}`) && (id === undefined || params.includes(`id=${encodeURIComponent(id)}`))
}
