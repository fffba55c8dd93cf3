import { fireEvent, screen } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import { getState, setState } from '../../src/app/store'
import { Sign } from '../../src/screens/sign'
import { todo, verification } from '../fixtures'
import { alert, heading, lastNavigation, press, show, text } from './harness/render'
import { callsOf, problem, serve, setOffline } from './harness/server'

const path = 'post /v1/todos/todo_1/confirmation'

beforeEach(() => {
  setState({ verification: verification({ purpose: 'confirm', state: 'passed', kind: 'passed', todo_id: 'todo_1' }) })
  serve('get /v1/todos/todo_1', todo())
})

/** Writes one stroke with a finger: jsdom has touch events only, as iOS 12 has. */
async function writeStroke(): Promise<void> {
  const pad = await screen.findByRole('img', { name: text('padLabel') })
  pad.getBoundingClientRect = () => new DOMRect(0, 0, 200, 100)
  const touch = (clientX: number, clientY: number) => ({ changedTouches: [{ identifier: 0, clientX, clientY }] })
  fireEvent.touchStart(pad, touch(20, 20))
  fireEvent.touchMove(pad, touch(120, 60))
  fireEvent.touchEnd(pad, touch(120, 60))
}

describe('Sign', () => {
  it('shows person and content, and sends the handwriting', async () => {
    serve(path, { id: 'con_1' })
    show(Sign, { screen: 'sign' })
    expect(await screen.findByText('**例')).toBeTruthy()
    expect(await heading()).toBe(text('signTitle'))
    expect(screen.getByText('Example Ltd')).toBeTruthy()
    expect(screen.getByRole('button', { name: text('confirm') }).getAttribute('aria-disabled')).toBe('true')
    await writeStroke()
    await press(text('confirm'))
    expect(await lastNavigation()).toBe('replace s=done&id=con_1')
    expect(callsOf(path)[0]?.body).toEqual({
      verification_id: 'ver_1',
      revision: 3,
      content_digest: 'digest-3',
      strokes: expect.stringMatching(/^[\w-]+$/),
    })
    expect(getState().verification).toBeUndefined()
  })

  it('takes a stroke back', async () => {
    show(Sign, { screen: 'sign' })
    await writeStroke()
    await press(text('undo'))
    expect(screen.getByRole('button', { name: text('confirm') }).getAttribute('aria-disabled')).toBe('true')
  })

  it.each([
    ['upright, and is turned', 375, 667, 'pad large upright'],
    ['across', 667, 375, 'pad large across'],
  ])('has a large pad over the screen, which is %s', async (_, width, height, className) => {
    window.innerWidth = width
    window.innerHeight = height
    show(Sign, { screen: 'sign' })
    await writeStroke()
    await press(text('enlarge'))
    const pad = await screen.findByRole('img', { name: text('padLabel') })
    expect(pad.closest('.pad')?.className).toBe(className)
    await press(text('reduce'))
    expect(screen.getByRole('button', { name: text('confirm') }).getAttribute('aria-disabled')).toBe('false')
  })

  it('leads to the content again where the case has changed, and voids what was bound to the previous one', async () => {
    serve(path, problem('revision_stale'))
    serve('delete /v1/verifications/ver_1', problem('verification_voided'))
    show(Sign, { screen: 'sign' })
    await writeStroke()
    await press(text('confirm'))
    expect(await lastNavigation()).toBe('replace s=detail&id=todo_1')
    expect(screen.queryByRole('alert')).toBeNull()
    expect(getState().message).toBe('contentChanged')
    expect(getState().verification).toBeUndefined()
    expect(callsOf(path)).toHaveLength(1)
    expect(callsOf('delete /v1/verifications/ver_1')).toHaveLength(1)
  })

  it('offers no content for a signature that has been replaced meanwhile', async () => {
    serve('get /v1/todos/todo_1', todo({ state: 'superseded', kind: 'closed' }))
    serve('delete /v1/verifications/ver_1', {})
    show(Sign, { screen: 'sign' })
    expect(await lastNavigation()).toBe('replace s=detail&id=todo_1')
    expect(screen.queryByRole('button', { name: text('confirm') })).toBeNull()
  })

  it('does not offer to send a handwriting again that was rejected', async () => {
    serve(path, problem('strokes_reused', 422))
    show(Sign, { screen: 'sign' })
    await writeStroke()
    await press(text('confirm'))
    expect((await alert()).text).toContain('detail of strokes_reused')
    expect(screen.queryByRole('button', { name: text('retry') })).toBeNull()
  })

  it('leads to a new face check where the verification is too old', async () => {
    serve(path, problem('verification_not_usable'))
    show(Sign, { screen: 'sign' })
    await writeStroke()
    await press(text('confirm'))
    await press(text('continue'))
    expect(await lastNavigation()).toBe('replace s=detail&id=todo_1')
    expect(getState().message).toBe('verificationEnded')
  })

  it('leads to the answer that was given on another phone', async () => {
    serve(path, problem('todo_already_answered', 409, { confirmation: '/v1/confirmations/con_9' }))
    show(Sign, { screen: 'sign' })
    await writeStroke()
    await press(text('confirm'))
    expect(await lastNavigation()).toBe('replace s=done&id=con_9')
  })

  it('keeps the handwriting where the network is lost, and sends it once', async () => {
    show(Sign, { screen: 'sign' })
    await writeStroke()
    setOffline(true)
    await press(text('confirm'))
    const lost = await alert()
    expect(lost.text).toContain(text('offlineLead'))
    setOffline(false)
    serve(path, { id: 'con_1' })
    await lost.retry()
    expect(await lastNavigation()).toBe('replace s=done&id=con_1')
    expect(new Set(callsOf(path).map(({ key }) => key)).size).toBe(1)
  })

  it('says why the content is missing where it cannot be read', async () => {
    serve('get /v1/todos/todo_1', problem('state_changed'))
    show(Sign, { screen: 'sign' })
    expect((await alert()).text).toContain('detail of state_changed')
  })
})
