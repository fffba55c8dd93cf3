import { readdirSync, readFileSync } from 'node:fs'
import { screen } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { persisted, setState } from '../../src/app/store'
import { ScreenGuard } from '../../src/screens/screen-guard'
import { access, failure, session, todo, verification } from '../fixtures'
import { alert, heading, lastNavigation, show, text } from './harness/render'
import { serve, setOffline } from './harness/server'

// The first test opens the app. It stays open for the others.
describe('ScreenGuard', () => {
  it('says why it cannot open the app, and opens it when the network is back', async () => {
    setOffline(true)
    show(ScreenGuard, { screen: 'support' })
    const lost = await alert()
    expect(lost.text).toContain(text('offlineLead'))
    setOffline(false)
    serve('get /v1/session', session())
    serve('get /v1/failures', { failures: [failure()] })
    serve('post /v1/support/tickets', { id: 'tkt_1', code: 'T-1', contact: { service_window: 'Window 3' } })
    await lost.retry()
    expect(await screen.findByText('Window 3')).toBeTruthy()
  })

  it('shows a screen that fits', async () => {
    setState({ session: session({ access }) })
    serve('get /v1/todos/todo_1', todo())
    show(ScreenGuard, { screen: 'detail', id: 'todo_1' })
    expect(await screen.findByText('Example Ltd')).toBeTruthy()
    expect(await heading()).toBe(text('detailTitle'))
  })

  it('leads to the step that is due instead of the one in the address', async () => {
    setState({ session: session(), verification: verification({ next: { check: 'bank_card' } }) })
    show(ScreenGuard, { screen: 'face' })
    expect(await lastNavigation()).toBe('replace s=bankCard')
  })

  it('leads to the entry without an access, and remembers where the link led', async () => {
    setState({ session: session() })
    show(ScreenGuard, { screen: 'detail', id: 'todo_7' })
    expect(await lastNavigation()).toBe('reset s=entry')
    expect(persisted('target')).toBe('detail todo_7')
  })
})

describe('component tests', () => {
  it('exist for every screen', () => {
    const folder = new URL('.', `file://${__filename}`)
    const tests = readdirSync(folder)
      .filter((name) => name.endsWith('.test.tsx'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n')
    const screens = readdirSync(new URL('../../src/screens', folder)).filter(
      (name) =>
        ![
          'entry-document.tsx',
          'screen-page.tsx',
          'appeal-lazy.tsx',
          'appointment-lazy.tsx',
          'faq-lazy.tsx',
          'rights-lazy.tsx',
        ].includes(name),
    )
    for (const name of screens) expect(tests).toContain(`src/screens/${name.replace('.tsx', '')}'`)
  })
})
