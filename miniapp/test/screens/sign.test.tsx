import { fireEvent, screen } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { getState, setState } from '../../src/app/store'
import { Sign } from '../../src/screens/sign'
import { todo, verification } from '../fixtures'
import { alert, heading, lastNavigation, press, show, text } from './harness/render'
import { callsOf, problem, serve, setOffline } from './harness/server'
import { navigations } from './harness/taro'

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
    expect(await lastNavigation()).toBe('redirectTo s=done&id=con_1')
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

  it('shows what the server says where the case has changed, and leads back to its content', async () => {
    serve(path, problem('revision_stale'))
    serve('delete /v1/verifications/ver_1', {})
    show(Sign, { screen: 'sign' })
    await writeStroke()
    await press(text('confirm'))
    expect((await alert()).text).toContain('detail of revision_stale')
    expect(navigations()).toHaveLength(0)
    await press(text('cancel'))
    expect(await lastNavigation()).toBe('redirectTo s=detail&id=todo_1')
    expect(callsOf('delete /v1/verifications/ver_1')).toHaveLength(1)
  })

  it('leads to the answer that was given on another phone', async () => {
    serve(path, problem('todo_already_answered', 409, { confirmation: '/v1/confirmations/con_9' }))
    show(Sign, { screen: 'sign' })
    await writeStroke()
    await press(text('confirm'))
    expect(await lastNavigation()).toBe('redirectTo s=done&id=con_9')
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
    expect(await lastNavigation()).toBe('redirectTo s=done&id=con_1')
    expect(new Set(callsOf(path).map(({ key }) => key)).size).toBe(1)
  })

  it('says why the content is missing where it cannot be read', async () => {
    serve('get /v1/todos/todo_1', problem('state_changed'))
    show(Sign, { screen: 'sign' })
    expect((await alert()).text).toContain('detail of state_changed')
  })
})
