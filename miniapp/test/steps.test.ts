import { describe, expect, it } from 'vitest'
import type { Route } from '../src/journey/route'
import { type StepsContext, stepsOf } from '../src/journey/steps'
import { access, failure, session, verification } from './fixtures'

function steps(route: Route, context: Partial<StepsContext> = {}): string | undefined {
  const found = stepsOf(route, { session: undefined, verification: undefined, documentType: 'resident_id', ...context })
  return found?.names.map((name, at) => (at === found.current ? `[${name}]` : name)).join(' ')
}

describe('the steps to the to-dos', () => {
  const passedBoth = verification({ state: 'awaiting_acceptance', next: undefined })

  it.each([
    ['before anything is entered', { screen: 'entry' }, {}, '[identity] face bank_card todos'],
    ['with a passport', { screen: 'entry' }, { documentType: 'passport' }, '[identity] face todos'],
    ['at the notices', { screen: 'notices', purpose: 'access' }, {}, '[identity] face bank_card todos'],
    ['at the face', { screen: 'face' }, { verification: verification() }, 'identity [face] bank_card todos'],
    ['at the card', { screen: 'bankCard' }, { verification: verification() }, 'identity face [bank_card] todos'],
    ['at the picture', { screen: 'photo' }, { verification: passedBoth }, 'identity face bank_card [todos]'],
    ['at the list', { screen: 'list' }, { session: session({ access }) }, 'identity face bank_card [todos]'],
    [
      'at a failed check',
      { screen: 'failure' },
      { verification: verification({ failure: failure(), next: { check: 'bank_card' } }) },
      'identity face [bank_card] todos',
    ],
    ['stopped before the first check', { screen: 'failure' }, {}, '[identity] face bank_card todos'],
  ] as const)('%s', (_, route, context, want) => {
    expect(steps(route, context)).toBe(want)
  })

  it('are those of the verification', () => {
    const checks = [
      { check: 'face', state: 'passed', kind: 'done' },
      { check: 'document', state: 'pending', kind: 'todo' },
    ]
    expect(steps({ screen: 'document' }, { verification: verification({ checks }) })).toBe(
      'identity face [document] todos',
    )
  })
})

describe('the steps of a confirmation', () => {
  const own = verification({ purpose: 'confirm', checks: [{ check: 'face', state: 'pending', kind: 'todo' }] })

  it.each([
    ['at the details', { screen: 'detail', id: 'todo_1' }, {}, '[detail] face sign finish'],
    ['at its notices', { screen: 'notices', purpose: 'confirm', id: 'todo_1' }, {}, 'detail [face] sign finish'],
    ['at the face', { screen: 'face' }, { verification: own }, 'detail [face] sign finish'],
    ['after the face', { screen: 'success' }, { verification: own }, 'detail face [sign] finish'],
    ['at the signature', { screen: 'sign' }, { verification: own }, 'detail face [sign] finish'],
    ['at the end', { screen: 'done', id: 'con_1' }, {}, 'detail face sign [finish]'],
  ] as const)('%s', (_, route, context, want) => {
    expect(steps(route, context)).toBe(want)
  })

  it('are not those of the list, even if one is running', () => {
    expect(steps({ screen: 'list' }, { verification: own })).toBe('identity face bank_card [todos]')
  })
})

describe('no steps', () => {
  it.each(['refuse', 'record', 'support', 'rules'] as const)('are shown at %s', (screen) => {
    expect(steps({ screen })).toBeUndefined()
  })
})
