import { platform } from '@platform'
import { screen, within } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { getState, setState } from '../../src/app/store'
import { FailureScreen } from '../../src/screens/failure'
import { Photo } from '../../src/screens/photo'
import { Success } from '../../src/screens/success'
import { access, attempt, failure, session, verification } from '../fixtures'
import { alert, heading, lastNavigation, press, show, text } from './harness/render'
import { callsOf, problem, serve, setOffline } from './harness/server'

const picture = new Uint8Array([137, 80, 78, 71])

describe('Success', () => {
  it('leads to what is due', async () => {
    setState({ verification: verification({ state: 'awaiting_acceptance' }) })
    show(Success, { screen: 'success' })
    expect(await heading()).toBe(text('successTitle'))
    expect(screen.getByText(text('successLead'))).toBeTruthy()
    expect(document.querySelector('.mark.success')).toBeTruthy()
    await press(text('continue'))
    expect(await lastNavigation()).toBe('replace s=photo')
  })

  it('says that the signature is next in a confirmation', () => {
    setState({ verification: verification({ purpose: 'confirm', state: 'passed', kind: 'passed' }) })
    show(Success, { screen: 'success' })
    expect(screen.getByText(text('successSign'))).toBeTruthy()
  })

  it('leads to the start where no verification is known', async () => {
    show(Success, { screen: 'success' })
    expect(await heading()).toBe(text('successTitle'))
    expect(screen.queryByRole('button', { name: text('continue') })).toBeNull()
    await press(text('home'))
    expect(await lastNavigation()).toBe('reset s=entry')
  })
})

describe('Failure', () => {
  const camera = failure({
    code: 'face_device',
    prompt: 'The camera cannot be used',
    cause: 'The permission may be missing',
    counted: false,
    remedies: [
      { kind: 'allow_camera', text: 'Allow the camera' },
      { kind: 'service_window', text: 'Go to the window', slip_code: '7K2M-93QF' },
      { kind: 'technical_support', text: 'Ask support' },
    ],
  })

  it('tells why the camera failed and what helps, and leads to another try', async () => {
    const v = verification({ failure: camera, tries: { left: 5 } })
    setState({ verification: v, attempt: attempt({ kind: 'not_passed', failure: camera, verification: v }) })
    show(FailureScreen, { screen: 'failure' })
    expect(await heading()).toBe('The camera cannot be used')
    expect(screen.getByText(/The permission may be missing/)).toBeTruthy()
    const remedies = within(screen.getByRole('region', { name: text('whatToDo') })).getAllByRole('listitem')
    expect(remedies.map((remedy) => remedy.textContent)).toEqual([
      'Allow the camera',
      'Go to the window',
      'Ask support',
    ])
    await press(text('tryAgain'))
    expect(await lastNavigation()).toBe('replace s=face')
    expect(getState().attempt).toBeUndefined()
  })

  it('says how many tries are left if one was used and another is offered', async () => {
    setState({ verification: verification({ failure: failure({ counted: true }), tries: { left: 4 } }) })
    show(FailureScreen, { screen: 'failure' })
    expect(await screen.findByText(text('triesLeft', { n: 4 }))).toBeTruthy()
    expect(screen.getByRole('button', { name: text('tryAgain') })).toBeTruthy()
  })

  it.each([
    ['none was used', camera],
    ['another one would not pass', failure({ retryable: false, remedies: [{ kind: 'other_method', text: 'other' }] })],
  ])('says nothing of tries if %s', async (_, shown) => {
    setState({ verification: verification({ failure: shown, tries: { left: 4 } }) })
    show(FailureScreen, { screen: 'failure' })
    expect(await heading()).toBe(shown.prompt)
    expect(screen.queryByText(text('triesLeft', { n: 4 }))).toBeNull()
  })

  it('says when it can be tried again where no try is left, and offers none', async () => {
    const exhausted = failure({
      code: 'tries_exhausted',
      retryable: false,
      remedies: [{ kind: 'retry_later', text: 'Come back tomorrow', not_before: '2026-11-29T05:36:00Z' }],
    })
    setState({ verification: verification({ failure: exhausted, tries: { left: 0 } }) })
    show(FailureScreen, { screen: 'failure' })
    expect(await screen.findByText(text('nextAt', { time: '2026-11-29 13:36' }))).toBeTruthy()
    expect(screen.queryByRole('button', { name: text('tryAgain') })).toBeNull()
    serve('delete /v1/verifications/ver_1', {})
    await press(text('home'))
    expect(await lastNavigation()).toBe('reset s=entry')
  })

  it.each([
    ['the slip', failure({ code: 'face_no_record', retryable: false }), 'slipKeep'],
    ['another try', failure(), 'tryAgain'],
    ['other input', failure({ remedies: [{ kind: 'check_input', text: 'Check' }, ...failure().remedies] }), 'correct'],
  ] as const)('has one main action that fits the cause: %s', async (_, shown, key) => {
    setState({ verification: verification({ failure: shown }) })
    show(FailureScreen, { screen: 'failure' })
    await screen.findByRole('button', { name: text(key) })
    expect([...document.querySelectorAll('.button.primary')].map((button) => button.textContent)).toEqual([text(key)])
  })

  it('voids the verification before the person corrects what was entered', async () => {
    const differs = failure({ code: 'identity_differs', remedies: [{ kind: 'check_input', text: 'Check the name' }] })
    setState({ verification: verification({ failure: differs }) })
    serve('delete /v1/verifications/ver_1', {})
    show(FailureScreen, { screen: 'failure' })
    await press(text('correct'))
    expect(await lastNavigation()).toBe('reset s=entry')
    expect(callsOf('delete /v1/verifications/ver_1')).toHaveLength(1)
    expect(getState().verification).toBeUndefined()
  })

  it('stays where the verification cannot be voided, and says why', async () => {
    const differs = failure({ remedies: [{ kind: 'check_input', text: 'Check the name' }] })
    setState({ verification: verification({ failure: differs }) })
    setOffline(true)
    show(FailureScreen, { screen: 'failure' })
    await press(text('correct'))
    expect((await alert()).text).toContain(text('offlineLead'))
    expect(getState().verification).toBeDefined()
  })

  it('shows the slip for the window, and keeps it', async () => {
    setState({ verification: verification({ failure: camera }) })
    const save = vi.spyOn(platform, 'saveText').mockResolvedValue('copied')
    show(FailureScreen, { screen: 'failure' })
    expect(await screen.findByText(`${text('slipCode')} 7K2M-93QF`)).toBeTruthy()
    await press(text('slipKeep'))
    expect(await screen.findByText(text('copied'))).toBeTruthy()
    expect(save.mock.calls[0]?.[0]).toContain('face_device\n7K2M-93QF')
  })

  it('leads to the start where nothing is known of it', async () => {
    show(FailureScreen, { screen: 'failure' })
    expect(await heading()).toBe(text('somethingWrong'))
    await press(text('home'))
    expect(await lastNavigation()).toBe('reset s=entry')
  })
})

describe('Photo', () => {
  it('shows the picture, and opens the to-dos when it is accepted', async () => {
    setState({ verification: verification({ state: 'awaiting_acceptance', has_portrait: true }) })
    serve('get /v1/verifications/ver_1/portrait', picture)
    serve('post /v1/verifications/ver_1/portrait/accept', {})
    serve('get /v1/session', session({ access }))
    show(Photo, { screen: 'photo' })
    expect(await heading()).toBe(text('photoTitle'))
    expect((await screen.findByRole('img', { name: text('photoAlt') })).getAttribute('src')).toBe(
      'data:image/png;base64,iVBORw==',
    )
    await press(text('seeTodos'))
    expect(await lastNavigation()).toBe('replace s=list')
    expect(getState().session?.access).toEqual(access)
  })

  it('says that no picture was returned, which hinders nothing', async () => {
    setState({ verification: verification({ state: 'awaiting_acceptance' }) })
    show(Photo, { screen: 'photo' })
    expect(await screen.findByText(text('noPhoto'))).toBeTruthy()
    expect(screen.getByRole('button', { name: text('seeTodos') })).toBeTruthy()
  })

  it('voids the verification of another face', async () => {
    setState({ verification: verification({ state: 'awaiting_acceptance' }) })
    serve('delete /v1/verifications/ver_1', {})
    show(Photo, { screen: 'photo' })
    await press(text('startOver'))
    expect(await lastNavigation()).toBe('reset s=entry')
  })

  it('shows what the server says where the picture cannot be accepted', async () => {
    setState({ verification: verification({ state: 'awaiting_acceptance' }) })
    serve('post /v1/verifications/ver_1/portrait/accept', problem('verification_expired'))
    show(Photo, { screen: 'photo' })
    await press(text('seeTodos'))
    expect((await alert()).text).toContain('detail of verification_expired')
  })
})
