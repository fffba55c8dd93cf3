import { describe, expect, it } from 'vitest'
import {
  actionsFor,
  endsAccess,
  failureDetailsOf,
  failureDetailsOfProblem,
  leadsToWindow,
  translated,
} from '../src/journey/failure'
import { formatBeijing } from '../src/journey/time'
import { windowSlipText } from '../src/journey/window-slip'
import { attempt, failure, verification } from './fixtures'

const trouble = (part = {}) => ({ failure: failure(part) })

describe('troubleOf', () => {
  it('says what to do now, and how the last try ended where that differs', () => {
    const v = verification({
      failure: failure({ code: 'tries_exhausted' }),
      tries: { left: 0, next_at: '2026-11-23T00:00:00Z' },
    })
    const got = failureDetailsOf(v, attempt({ failure: failure({ code: 'face_differs' }) }))
    expect(got?.failure.code).toBe('tries_exhausted')
    expect(got?.previous?.code).toBe('face_differs')
    expect(got?.triesLeft).toBe(0)
    expect(got?.nextAt).toBe('2026-11-23T00:00:00Z')
  })

  it('takes the time of a remedy where there is no other', () => {
    const later = failure({ remedies: [{ kind: 'retry_later', text: 'later', not_before: '2026-11-22T02:00:00Z' }] })
    const problem = { type: '', title: '', status: 422, detail: '', code: 'c', request_id: 'r', failure: later }
    expect(failureDetailsOfProblem(problem)?.nextAt).toBe('2026-11-22T02:00:00Z')
  })
})

describe('inWordsOf', () => {
  it('takes the words of the catalogue and keeps what belongs to the one failure', () => {
    const entry = failure({ prompt: '提示', cause: '原因', remedies: [{ kind: 'service_window', text: '窗口' }] })
    const got = translated([failure({ code: 'other' }), entry], failure({ note: 'note' }))
    expect([got.prompt, got.cause, got.note]).toEqual(['提示', '原因', 'note'])
    expect(got.remedies.map(({ text, slip_code: code }) => [text, code])).toEqual([
      ['light', undefined],
      ['窗口', '7K2M-93QF'],
      ['support', undefined],
    ])
    expect(translated([], failure())).toEqual(failure())
  })
})

describe('endsAccess', () => {
  const problem = (code: string) => ({ type: '', title: '', status: 404, detail: '', code, request_id: 'r' })

  it('knows that the verification of a confirmation goes with its access', () => {
    const confirm = verification({ purpose: 'confirm' })
    expect(endsAccess(problem('access_required'), undefined)).toBe(true)
    expect(endsAccess(problem('not_found'), confirm)).toBe(true)
    expect(endsAccess(problem('not_found'), verification({ purpose: 'confirm', kind: 'ended' }))).toBe(false)
    expect(endsAccess(problem('not_found'), verification())).toBe(false)
    expect(endsAccess(problem('state_changed'), confirm)).toBe(false)
  })
})

describe('waysOn', () => {
  const again = { kind: 'retry', route: { screen: 'face' } }
  const mend = { kind: 'correct', route: { screen: 'entry' } }

  it('tries the same check again while that can help', () => {
    expect(actionsFor(trouble(), verification())).toEqual([again])
  })

  it('offers what the remedies t, in their order', () => {
    const both = (...kinds: string[]) => trouble({ remedies: kinds.map((kind) => ({ kind, text: kind })) })
    expect(actionsFor(both('retry_better_light', 'check_input'), verification())).toEqual([again, mend])
    expect(actionsFor(both('check_number', 'choose_type'), undefined)).toEqual([mend])
    expect(actionsFor(both('other_method', 'service_window'), verification())).toEqual([
      { kind: 'home', route: { screen: 'entry' } },
    ])
  })

  it('offers to lift a freeze', () => {
    const frozen = failure({
      code: 'number_frozen',
      retryable: false,
      remedies: [{ kind: 'lift_freeze', text: 'lift' }],
    })
    const failed = verification({ state: 'failed', kind: 'ended' })
    expect(actionsFor({ failure: frozen }, failed)).toEqual([{ kind: 'lift', route: { screen: 'entry' } }])
  })

  it('tries again later where only that can help', () => {
    const busy = (part = {}) =>
      trouble({
        counted: false,
        remedies: [
          { kind: 'other_method', text: 'other' },
          { kind: 'retry_later', text: 'later', ...part },
        ],
      })
    expect(actionsFor(busy(), verification())).toEqual([again])
    expect(actionsFor(busy({ not_before: '2026-11-22T02:00:00Z' }), verification())).toEqual([
      { kind: 'home', route: { screen: 'entry' } },
    ])
  })

  it('leads to the window where nothing can be done here', () => {
    const record = failure({ code: 'face_no_record', retryable: false })
    expect(leadsToWindow(record, actionsFor({ failure: record }, verification()))).toBe(true)
    expect(leadsToWindow(failure(), actionsFor({ failure: failure() }, verification()))).toBe(false)
    const slipless = failure({ retryable: false, remedies: [{ kind: 'service_window', text: 'window' }] })
    expect(leadsToWindow(slipless, actionsFor({ failure: slipless }, verification()))).toBe(false)
  })

  it('tries nothing again that will not pass', () => {
    expect(actionsFor(trouble({ retryable: false }), verification())).toEqual([
      { kind: 'home', route: { screen: 'entry' } },
    ])
  })

  it('keeps a person at the card whose card was wrong: the face need not be shown again', () => {
    const card = trouble({ code: 'card_differs', remedies: [{ kind: 'check_input', text: 'check' }] })
    expect(actionsFor(card, verification({ next: { check: 'bank_card' } }))).toEqual([
      { kind: 'retry', route: { screen: 'bankCard' } },
    ])
  })

  it('repeats no check that can only be rejected again', () => {
    const off = trouble({
      code: 'check_switched_off',
      retryable: false,
      remedies: [{ kind: 'other_method', text: 'o' }],
    })
    const home = [{ kind: 'home', route: { screen: 'entry' } }]
    expect(actionsFor(off, verification({ next: { check: 'bank_card' } }))).toEqual(home)
    const wrong = trouble({ retryable: false, remedies: [{ kind: 'check_input', text: 'check' }] })
    expect(actionsFor(wrong, verification({ next: { check: 'document' } }))).toEqual([mend])
    const locked = trouble({ code: 'card_locked', retryable: false, remedies: [{ kind: 'other_card', text: 'other' }] })
    expect(actionsFor(locked, verification({ next: { check: 'bank_card' } }))).toEqual([
      { kind: 'retry', route: { screen: 'bankCard' } },
    ])
  })

  it('queries a pending result, and repeats nothing', () => {
    const pending = trouble({ counted: false, remedies: [{ kind: 'wait_result', text: 'wait' }] })
    expect(actionsFor(pending, verification())).toEqual([{ kind: 'query', route: { screen: 'face' } }])
  })

  it('ends where no try is left', () => {
    expect(actionsFor(trouble(), verification({ tries: { left: 0 } }))).toEqual([
      { kind: 'home', route: { screen: 'entry' } },
    ])
  })

  it('leads back to the todo of a confirmation', () => {
    const v = verification({ purpose: 'confirm', todo_id: 'todo_1', state: 'expired', kind: 'ended' })
    expect(actionsFor(trouble(), v)).toEqual([{ kind: 'home', route: { screen: 'detail', id: 'todo_1' } }])
  })
})

describe('slipText', () => {
  it('has the code, the prompt and the time in Beijing', () => {
    const text = windowSlipText(failure(), 'title', new Date('2026-11-22T17:05:00Z'))
    expect(text.split('\n')).toEqual(['title', 'prompt', 'face_quality', '7K2M-93QF', '2026-11-23 01:05'])
  })
})

describe('beijing', () => {
  it('shows nothing for what is no time', () => {
    expect(formatBeijing(undefined)).toBe('')
  })
})
