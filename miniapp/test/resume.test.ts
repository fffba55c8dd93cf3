import { describe, expect, it } from 'vitest'
import { type Known, placeOfTarget, resume, targetOf, underWay } from '../src/journey/resume'
import { isStep, screens } from '../src/journey/screen'
import { access, session, verification } from './fixtures'

function known(part: Partial<Known>): Known {
  return {
    session: session(),
    verification: undefined,
    opening: true,
    faceBegun: false,
    stopped: false,
    typed: false,
    wanted: { screen: 'entry' },
    ...part,
  }
}

describe('resume', () => {
  it('leads everything but help to the entry where nobody is signed in', () => {
    for (const screen of screens) {
      const place = resume(known({ session: undefined, wanted: { screen } }))
      const stays = ['entry', 'authorize', 'support', 'faq', 'rules'].includes(screen)
      expect(place.screen).toBe(stays ? screen : 'entry')
    }
  })

  it('leads a reloaded step to where the server says the verification stands', () => {
    const v = verification({ next: { check: 'bank_card' } })
    for (const screen of screens.filter(isStep)) {
      expect(resume(known({ verification: v, wanted: { screen } })).screen).toBe('bankCard')
    }
  })

  it('begins anew where the verification of a step is gone', () => {
    expect(resume(known({ wanted: { screen: 'photo' } }))).toEqual({ screen: 'entry' })
  })

  it('goes on with the result where a page took the face and led back', () => {
    expect(resume(known({ verification: verification(), faceBegun: true }))).toEqual({ screen: 'face' })
    expect(resume(known({ verification: verification() }))).toEqual({ screen: 'entry' })
  })

  it('asks for a result that is still to come, where the last try is under way too', () => {
    const last = verification({ checks: [{ check: 'face', state: 'open', kind: 'running' }], tries: { left: 0 } })
    expect(resume(known({ verification: last, faceBegun: true }))).toEqual({ screen: 'face' })
    const wanted = { screen: 'face' } as const
    expect(resume(known({ verification: last, faceBegun: true, opening: false, wanted }))).toBe(wanted)
    expect(resume(known({ verification: last, wanted }))).toEqual({ screen: 'failure' })
  })

  it('leaves a person at the entry who went back there', () => {
    expect(resume(known({ verification: verification(), faceBegun: true, opening: false }))).toEqual({
      screen: 'entry',
    })
  })

  it('shows todos and records with access only', () => {
    const wanted = { screen: 'detail', id: 'todo_1' } as const
    expect(resume(known({ wanted }))).toEqual({ screen: 'entry' })
    expect(resume(known({ wanted, session: session({ access }) }))).toBe(wanted)
  })

  it('remembers what a link led to until there is an access', () => {
    expect(placeOfTarget(targetOf({ screen: 'detail', id: 'todo_1' }))).toEqual({ screen: 'detail', id: 'todo_1' })
    expect(placeOfTarget(targetOf({ screen: 'record', id: 'con_1' }))).toEqual({ screen: 'record', id: 'con_1' })
    for (const place of [{ screen: 'list' }, { screen: 'photo', id: 'x' }, { screen: 'entry' }] as const)
      expect(targetOf(place)).toBeUndefined()
    for (const text of [undefined, '', 'nowhere x', 'detail']) expect(placeOfTarget(text)).toBeUndefined()
  })

  it('asks again for what was typed and not kept', () => {
    const wanted = { screen: 'identity', purpose: 'access' } as const
    expect(resume(known({ wanted }))).toEqual({ screen: 'entry' })
    expect(resume(known({ wanted, typed: true }))).toBe(wanted)
  })

  it('keeps showing a problem that stopped the person', () => {
    const wanted = { screen: 'failure' } as const
    expect(resume(known({ wanted, stopped: true, session: undefined }))).toBe(wanted)
  })
})

describe('underWay', () => {
  it('offers what can be gone on with', () => {
    expect(underWay(known({ verification: verification() }))).toEqual({ screen: 'face' })
    expect(
      underWay(known({ verification: verification({ state: 'passed', kind: 'passed', purpose: 'confirm' }) })),
    ).toEqual({ screen: 'sign' })
    expect(underWay(known({ session: session({ access }) }))).toEqual({ screen: 'list' })
    expect(underWay(known({ verification: verification({ state: 'voided', kind: 'ended' }) }))).toBeUndefined()
  })
})
