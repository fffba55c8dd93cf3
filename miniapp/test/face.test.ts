import { describe, expect, it } from 'vitest'
import { type FaceEvent, type FaceState, faceReducer, initialFaceState, readyState } from '../src/journey/face'
import { attempt } from './fixtures'

const run = (state: FaceState, ...events: FaceEvent[]) => events.reduce(faceReducer, state)
const running: FaceEvent = { is: 'answer', attempt: attempt() }
const times = (n: number, event: FaceEvent) => Array.from({ length: n }, () => event)

describe('faceNext', () => {
  it('shows the camera, then asks the server whatever the camera said', () => {
    const showing = run(readyState, { is: 'begin' }, { is: 'begun', attempt: attempt() })
    expect(showing.step).toBe('showing')
    for (const hint of ['done', 'cancelled', 'not_passed'] as const) {
      expect(run(showing, { is: 'hint', hint }).step).toBe('asking')
    }
  })

  it('is decided by the server alone', () => {
    const passed = attempt({ state: 'passed', kind: 'passed' })
    const asking = run(readyState, { is: 'begun', attempt: attempt() }, { is: 'hint', hint: 'cancelled' })
    expect(run(asking, { is: 'answer', attempt: passed })).toEqual({ step: 'decided', attempt: passed })
  })

  it('is decided at once where the provider could not begin', () => {
    const failed = attempt({ state: 'failed', kind: 'not_passed', call: undefined })
    expect(run(readyState, { is: 'begun', attempt: failed }).step).toBe('decided')
  })

  it('offers to begin again soon after the person left', () => {
    const asking = run(readyState, { is: 'begun', attempt: attempt() }, { is: 'hint', hint: 'cancelled' })
    expect(run(asking, running).step).toBe('asking')
    expect(run(asking, running, running)).toEqual({ step: 'left', attemptId: 'att_1' })
  })

  it('stops asking after a while and asks again on demand', () => {
    const asking = run(readyState, { is: 'begun', attempt: attempt() }, { is: 'hint', hint: 'done' })
    const pending = run(asking, ...times(15, running))
    expect(pending).toEqual({ step: 'pending', attemptId: 'att_1' })
    expect(run(pending, { is: 'ask' }).step).toBe('asking')
  })

  it('waits longer while the face is shown on a page elsewhere', () => {
    const asking = run(readyState, { is: 'begun', attempt: attempt() }, { is: 'opened' })
    expect(run(asking, ...times(80, running)).step).toBe('asking')
  })

  it('ignores the answer to an attempt that is no longer the one', () => {
    const asking = initialFaceState('att_2')
    expect(run(asking, { is: 'answer', attempt: attempt({ kind: 'passed' }) })).toBe(asking)
  })

  it('loses no attempt when the network breaks', () => {
    expect(run(initialFaceState('att_1'), { is: 'gave_up' })).toEqual({ step: 'pending', attemptId: 'att_1' })
    expect(run(readyState, { is: 'begin' }, { is: 'gave_up' })).toBe(readyState)
  })

  it('does not begin twice', () => {
    const starting = run(readyState, { is: 'begin' })
    expect(run(starting, { is: 'begin' })).toBe(starting)
  })
})
