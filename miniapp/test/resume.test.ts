import { describe, expect, it } from 'vitest'
import { decodeTarget, encodeTarget, type ResumeContext, resumeRoute, routeToContinue } from '../src/journey/resume'
import { isStep, screens } from '../src/journey/route'
import { access, session, verification } from './fixtures'

function known(part: Partial<ResumeContext>): ResumeContext {
  return {
    session: session(),
    verification: undefined,
    opening: true,
    faceStarted: false,
    blocked: false,
    documentEntered: false,
    requested: { screen: 'entry' },
    ...part,
  }
}

describe('resume', () => {
  it('leads everything but help to the entry where nobody is signed in', () => {
    for (const screen of screens) {
      const route = resumeRoute(known({ session: undefined, requested: { screen } }))
      const stays = ['entry', 'authorize', 'support', 'faq', 'rules', 'erased', 'office'].includes(screen)
      expect(route.screen).toBe(stays ? screen : 'entry')
    }
  })

  it('leads a reloaded step to where the server says the verification stands', () => {
    const v = verification({ next: { check: 'bank_card' } })
    for (const screen of screens.filter(isStep)) {
      expect(resumeRoute(known({ verification: v, requested: { screen } })).screen).toBe('bankCard')
    }
  })

  it('begins anew where the verification of a step is gone', () => {
    expect(resumeRoute(known({ requested: { screen: 'photo' } }))).toEqual({ screen: 'entry' })
  })

  it('goes on with the result where a page took the face and led back', () => {
    expect(resumeRoute(known({ verification: verification(), faceStarted: true }))).toEqual({ screen: 'face' })
    expect(resumeRoute(known({ verification: verification() }))).toEqual({ screen: 'entry' })
  })

  it('asks for a result that is still to come, where the last try is under way too', () => {
    const last = verification({ checks: [{ check: 'face', state: 'open', kind: 'running' }], tries: { left: 0 } })
    expect(resumeRoute(known({ verification: last, faceStarted: true }))).toEqual({ screen: 'face' })
    const requested = { screen: 'face' } as const
    expect(resumeRoute(known({ verification: last, faceStarted: true, opening: false, requested }))).toBe(requested)
    expect(resumeRoute(known({ verification: last, requested }))).toEqual({ screen: 'failure' })
  })

  it('leaves a person at the entry who went back there', () => {
    expect(resumeRoute(known({ verification: verification(), faceStarted: true, opening: false }))).toEqual({
      screen: 'entry',
    })
  })

  it('shows todos and records with access only', () => {
    const requested = { screen: 'detail', id: 'todo_1' } as const
    expect(resumeRoute(known({ requested }))).toEqual({ screen: 'entry' })
    expect(resumeRoute(known({ requested, session: session({ access }) }))).toBe(requested)
  })

  it('shows the records of the session without access where the server lists them, and nothing else', () => {
    const listed = session({ answers_listed: true })
    const records = { screen: 'records' } as const
    expect(resumeRoute(known({ requested: records }))).toEqual({ screen: 'entry' })
    expect(resumeRoute(known({ requested: records, session: listed }))).toBe(records)
    const record = { screen: 'record', id: 'con_1' } as const
    expect(resumeRoute(known({ requested: record, session: listed }))).toEqual({ screen: 'entry' })
  })

  it('remembers what a link led to until there is an access', () => {
    expect(decodeTarget(encodeTarget({ screen: 'detail', id: 'todo_1' }))).toEqual({ screen: 'detail', id: 'todo_1' })
    expect(decodeTarget(encodeTarget({ screen: 'record', id: 'con_1' }))).toEqual({ screen: 'record', id: 'con_1' })
    for (const route of [{ screen: 'list' }, { screen: 'photo', id: 'x' }, { screen: 'entry' }] as const)
      expect(encodeTarget(route)).toBeUndefined()
    for (const text of [undefined, '', 'nowhere x', 'detail']) expect(decodeTarget(text)).toBeUndefined()
  })

  it('asks again for what was typed and not kept', () => {
    const requested = { screen: 'identity', purpose: 'access' } as const
    expect(resumeRoute(known({ requested }))).toEqual({ screen: 'entry' })
    expect(resumeRoute(known({ requested, documentEntered: true }))).toBe(requested)
  })

  it('keeps showing a problem that stopped the person', () => {
    const requested = { screen: 'failure' } as const
    expect(resumeRoute(known({ requested, blocked: true, session: undefined }))).toBe(requested)
  })
})

describe('underWay', () => {
  it('offers what can be gone on with', () => {
    expect(routeToContinue(known({ verification: verification() }))).toEqual({ screen: 'face' })
    expect(
      routeToContinue(known({ verification: verification({ state: 'passed', kind: 'passed', purpose: 'confirm' }) })),
    ).toEqual({ screen: 'sign' })
    expect(routeToContinue(known({ session: session({ access }) }))).toEqual({ screen: 'list' })
    expect(routeToContinue(known({ verification: verification({ state: 'voided', kind: 'ended' }) }))).toBeUndefined()
  })
})
