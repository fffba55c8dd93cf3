import { screen, waitFor } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { refresh } from '../../src/app/session'
import { getState, persist, persisted, setState } from '../../src/app/store'
import { Entry } from '../../src/screens/entry'
import { InvitedScreen } from '../../src/screens/invited'
import { List } from '../../src/screens/list'
import { ScreenGuard } from '../../src/screens/screen-guard'
import { access, session } from '../fixtures'
import { navigations } from './harness/pages'
import { alert, fill, lastNavigation, noteOf, press, show, text } from './harness/render'
import { callsOf, problem, serve, setOffline } from './harness/server'

const token = 'K3Q7XW2M5V6NDZJ4PA7B3RTYHE'
const route = 'post /v1/invitations'

describe('a page that is opened by an invitation', () => {
  it('keeps the token, and leads to the entry at an address without it', async () => {
    serve('get /v1/session', session())
    serve('get /v1/failures', { failures: [] })
    show(ScreenGuard, { screen: 'entry', invitation: token })
    expect(await lastNavigation()).toBe('reset s=entry')
    expect(persisted('invitation')).toBe(token)
  })

  it('opens the to-do at once if there is an access', async () => {
    setState({ session: session({ access }) })
    show(ScreenGuard, { screen: 'entry', invitation: token })
    await waitFor(() => expect(navigations()).toHaveLength(2))
    expect(await lastNavigation()).toBe('push s=invited')
    expect(navigations()[0]?.move).toBe('reset')
  })
})

describe('the entry', () => {
  it('announces the invitation without its content, and discards it on request', async () => {
    serve('get /v1/session', problem('session_required', 401))
    setState({ invitation: token })
    show(Entry, { screen: 'entry' })
    expect(await screen.findByText(text('invited'))).toBeTruthy()
    await press(text('invitedForget'))
    expect(screen.queryByText(text('invited'))).toBeNull()
    expect(persisted('invitation')).toBe(undefined)
  })

  it('accepts a code, and marks one that is mistyped', async () => {
    serve('get /v1/session', session())
    show(Entry, { screen: 'entry' })
    await userEvent.click(await screen.findByText(text('haveCode')))
    await press(text('useCode'))
    expect(noteOf('code')).toBe(text('required'))
    await fill('code', 'wdjb-mjha')
    await press(text('useCode'))
    expect(noteOf('code')).toBe(text('codeLetters'))
    await fill('code', 'wdjb-mjht')
    await press(text('useCode'))
    expect(await screen.findByText(text('invited'))).toBeTruthy()
    expect(getState().invitation).toBe('WDJBMJHT')
    expect(navigations()).toHaveLength(0)
  })

  it('opens the to-do of a code at once if there is an access', async () => {
    setState({ session: session({ access }) })
    serve('get /v1/session', session({ access }))
    show(Entry, { screen: 'entry' })
    await fill('code', 'WDJBMJHT')
    await press(text('useCode'))
    expect(await lastNavigation()).toBe('push s=invited')
  })
})

describe('what waits for a person', () => {
  const waits = () => {
    setState({ invitation: token })
    persist('target', 'detail todo_7')
  }
  const waiting = () => [getState().invitation, persisted('invitation'), persisted('target')]

  it('waits through the sign-in, and as long as that session', async () => {
    serve('get /v1/session', problem('session_required', 401))
    waits()
    await refresh()
    expect(waiting()).toEqual([token, token, 'detail todo_7'])
    for (let read = 0; read < 2; read++) {
      serve('get /v1/session', session({ id: 'ses_7' }))
      await refresh()
    }
    expect(waiting()).toEqual([token, token, 'detail todo_7'])
  })

  it.each([
    ['ended', () => serve('get /v1/session', problem('session_required', 401))],
    ['was followed by another', () => serve('get /v1/session', session({ id: 'ses_8' }))],
  ])('does not lead the next person after its session %s', async (_, change) => {
    serve('get /v1/session', session({ id: 'ses_7' }))
    await refresh()
    waits()
    change()
    await refresh()
    expect(waiting()).toEqual([undefined, undefined, undefined])
    waits() // of the next person
    serve('get /v1/session', session({ id: 'ses_8' }))
    await refresh()
    expect(waiting()).toEqual([token, token, 'detail todo_7'])
  })

  it('is not set by a page of a session that has ended', async () => {
    serve('get /v1/session', session({ id: 'ses_7' }))
    await refresh()
    setState({ session: undefined })
    show(ScreenGuard, { screen: 'detail', id: 'todo_7' })
    expect(await lastNavigation()).toBe('reset s=entry')
    expect(persisted('target')).toBeUndefined()
  })
})

describe('List', () => {
  it('leads on to the invitation that waited', async () => {
    setState({ session: session({ access }), invitation: token })
    serve('get /v1/todos', { todos: [] })
    show(List, { screen: 'list' })
    expect(await lastNavigation()).toBe('push s=invited')
  })
})

describe('InvitedScreen', () => {
  it('leads to the to-do, and forgets the invitation', async () => {
    setState({ invitation: token })
    serve(route, { todo_id: 'todo_1' })
    show(InvitedScreen, { screen: 'invited' })
    expect(await lastNavigation()).toBe('replace s=detail&id=todo_1')
    expect(persisted('invitation')).toBe(undefined)
    expect(callsOf(route)[0]?.body).toEqual({ invitation: token })
  })

  it('names each reason with its next step if it opens no to-do, and accepts another code', async () => {
    setState({ invitation: token })
    serve(route, ({ body }: { body: unknown }) =>
      (body as { invitation: string }).invitation === 'WDJBMJHT' ? { todo_id: 'todo_2' } : problem('not_found', 404),
    )
    show(InvitedScreen, { screen: 'invited' })
    const { text: told } = await readAlert()
    for (const key of ['invitedNothing', 'invitedWrong', 'invitedUsed', 'invitedEnded', 'invitedOther'] as const)
      expect(told).toContain(text(key))
    expect(persisted('invitation')).toBe(undefined)
    await fill('code', 'wdjb mjht')
    await press(text('useCode'))
    expect(await lastNavigation()).toBe('replace s=detail&id=todo_2')
  })

  it('leads to the list after too many codes, and asks for no other', async () => {
    setState({ invitation: token })
    serve(route, problem('too_many_requests', 429))
    show(InvitedScreen, { screen: 'invited' })
    expect((await readAlert()).text).toBe(text('invitedOften'))
    expect(screen.queryByLabelText(text('code'))).toBeNull()
    await press(text('seeTodos'))
    expect(await lastNavigation()).toBe('replace s=list')
  })

  it('keeps the invitation without a network', async () => {
    setState({ invitation: token })
    setOffline(true)
    show(InvitedScreen, { screen: 'invited' })
    const lost = await alert()
    expect(persisted('invitation')).toBe(token)
    setOffline(false)
    serve(route, { todo_id: 'todo_1' })
    await lost.retry()
    expect(await lastNavigation()).toBe('replace s=detail&id=todo_1')
  })

  it('asks for a code, and asks the server for nothing before', async () => {
    show(InvitedScreen, { screen: 'invited' })
    expect(await screen.findByLabelText(text('code'))).toBeTruthy()
    expect(callsOf(route)).toHaveLength(0)
  })
})

/** Waits for the alert, which has no button. */
async function readAlert() {
  return { text: (await screen.findByRole('alert')).textContent ?? '' }
}
