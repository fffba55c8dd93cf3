import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import type { ComponentType } from 'react'
import { expect } from 'vitest'
import { RouteContext, ShowCountContext } from '../../../src/app/hooks'
import type { Route } from '../../../src/journey/route'
import { type Key, translate } from '../../../src/strings'
import { navigations } from './pages'

/** Renders a screen as the page of a route does. Returns a function that shows the page again, as "back" does. */
export function show(View: ComponentType, route: Route): () => void {
  let shown = 1
  const page = () => (
    <RouteContext.Provider value={route}>
      <ShowCountContext.Provider value={shown}>
        <View />
      </ShowCountContext.Provider>
    </RouteContext.Provider>
  )
  const { rerender } = render(page())
  return () => {
    shown += 1
    rerender(page())
  }
}

/** Enters a value into the field with a label. */
export async function fill(label: Key, value: string): Promise<void> {
  fireEvent.input(await screen.findByLabelText(text(label)), { target: { value } })
}

/** Returns the text that describes a field: its error, or its hint. */
export function noteOf(label: Key): string | null | undefined {
  const id = screen.getByLabelText(text(label)).getAttribute('aria-describedby')
  return id === null ? undefined : document.getElementById(id)?.textContent
}

/** Presses a button, which has to be enabled. */
export async function press(name: string | RegExp): Promise<void> {
  const button = await screen.findByRole('button', { name })
  await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('false'))
  await userEvent.click(button)
}

/** Opens a summary. jsdom does not do it when a summary is pressed. */
export async function openDetails(summary: HTMLElement): Promise<void> {
  const details = summary.closest('details')
  details?.setAttribute('open', '')
  fireEvent(details ?? summary, new Event('toggle'))
}

/** Waits for a navigation and returns the last one, without the path of the page. */
export async function lastNavigation(): Promise<string> {
  await waitFor(() => expect(navigations()).not.toHaveLength(0))
  const last = navigations()[navigations().length - 1]
  return `${last?.move} ${last?.url.replace(/^.*\?/, '')}`
}

export async function heading(): Promise<string> {
  return (await screen.findByRole('heading', { level: 1 })).textContent ?? ''
}

/** Waits for the alert of a failed call. Returns its text and a function that presses its button. */
export async function alert() {
  const box = await screen.findByRole('alert')
  return { text: box.textContent ?? '', retry: () => userEvent.click(within(box).getByRole('button')) }
}

/** The client's text in the language of the tests. */
export function text(key: Key, values?: Readonly<Record<string, string | number>>): string {
  return translate('en', key, values)
}
