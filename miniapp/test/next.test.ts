import { describe, expect, it } from 'vitest'
import { afterAttempt, canShow, parentOf, routeOf } from '../src/journey/next'
import { attempt, failure, verification } from './fixtures'

const notice = { id: 'face', version: '1', hash: 'h', kind: 'face', language: 'en', title: 't' }

describe('placeOf', () => {
  it.each([
    ['the face is due', {}, 'face'],
    ['the card is due', { next: { check: 'bank_card' } }, 'bankCard'],
    ['the document is due', { next: { check: 'document' } }, 'document'],
    ['the validity is due', { next: { check: 'four_elements' } }, 'fourElements'],
    ['a check is due that this client does not know', { next: { check: 'iris' } }, 'failure'],
    ['consents are missing', { consents_missing: [notice] }, 'notices'],
    ['no try is left', { tries: { left: 0 } }, 'failure'],
    [
      'a check is running and none is due',
      { next: undefined, checks: [{ check: 'face', state: 'open', kind: 'running' }] },
      'face',
    ],
    ['the picture is to be accepted', { state: 'awaiting_acceptance' }, 'photo'],
    ['access was given', { state: 'passed', kind: 'passed' }, 'list'],
    ['the answer can be signed', { state: 'passed', kind: 'passed', purpose: 'confirm', todo_id: 'todo_1' }, 'sign'],
    ['it failed', { state: 'failed', kind: 'ended' }, 'failure'],
    ['it expired', { state: 'expired', kind: 'ended' }, 'failure'],
    ['it was voided', { state: 'voided', kind: 'ended' }, 'entry'],
    ['a confirmation was voided', { state: 'voided', kind: 'ended', purpose: 'confirm', todo_id: 'todo_1' }, 'detail'],
    ['the freeze can be lifted', { state: 'passed', kind: 'passed', purpose: 'lift' }, 'lift'],
    ['the freeze was lifted', { state: 'consumed', kind: 'ended', purpose: 'lift' }, 'lift'],
    ['a lift was voided', { state: 'voided', kind: 'ended', purpose: 'lift' }, 'entry'],
    ['it was used for a confirmation', { state: 'consumed', kind: 'ended', purpose: 'confirm' }, 'records'],
    ['the state is none that this client knows', { state: 'frozen', kind: 'ended' }, 'failure'],
  ])('where %s', (_, part, screen) => {
    expect(routeOf(verification(part)).screen).toBe(screen)
  })

  it('leads to the notices of the same purpose and todo', () => {
    const v = verification({ purpose: 'confirm', todo_id: 'todo_1', consents_missing: [notice] })
    expect(routeOf(v)).toEqual({ screen: 'notices', purpose: 'confirm', id: 'todo_1' })
  })
})

describe('afterAttempt', () => {
  it('goes to the next check after a pass', () => {
    const passed = attempt({
      state: 'passed',
      kind: 'passed',
      verification: verification({ next: { check: 'bank_card' } }),
    })
    expect(afterAttempt(passed)).toEqual({ screen: 'bankCard' })
  })

  it('shows success after the last one', () => {
    const v = verification({ state: 'awaiting_acceptance', next: undefined })
    expect(afterAttempt(attempt({ state: 'passed', kind: 'passed', verification: v }))).toEqual({ screen: 'success' })
  })

  it('shows why it did not pass', () => {
    expect(afterAttempt(attempt({ state: 'failed', kind: 'not_passed', failure: failure() }))).toEqual({
      screen: 'failure',
    })
  })
})

describe('fits', () => {
  it('lets a screen stay only where the verification stands', () => {
    expect(canShow('face', verification())).toBe(true)
    expect(canShow('bankCard', verification())).toBe(false)
    expect(canShow('success', verification({ state: 'awaiting_acceptance' }))).toBe(true)
    expect(canShow('failure', verification({ failure: failure() }))).toBe(true)
    expect(canShow('failure', verification())).toBe(false)
  })
})

describe('above', () => {
  it.each([
    ['a record', { screen: 'record', id: 'conf_1' }, { screen: 'records' }],
    ['the records', { screen: 'records' }, { screen: 'list' }],
    ['a todo', { screen: 'detail', id: 'todo_1' }, { screen: 'list' }],
    ['its refusal', { screen: 'refuse', id: 'todo_1' }, { screen: 'detail', id: 'todo_1' }],
    ['its notices', { screen: 'notices', id: 'todo_1', purpose: 'confirm' }, { screen: 'detail', id: 'todo_1' }],
    ['the signature', { screen: 'sign' }, { screen: 'detail', id: 'todo_1' }],
    ['help', { screen: 'support' }, { screen: 'entry' }],
  ] as const)('finds what lies above %s', (_, route, want) => {
    expect(parentOf(route, verification({ purpose: 'confirm', todo_id: 'todo_1' }))).toEqual(want)
  })
})
