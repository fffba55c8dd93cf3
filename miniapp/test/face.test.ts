import { describe, expect, it } from 'vitest'
import { type FaceEvent, type FaceState, faceReducer, initialFaceState, readyState } from '../src/journey/face'
import { attempt } from './fixtures'

const run = (state: FaceState, ...events: FaceEvent[]) => events.reduce(faceReducer, state)
const running: FaceEvent = { type: 'answer', attempt: attempt() }
const times = (n: number, event: FaceEvent) => Array.from({ length: n }, () => event)

describe('faceNext', () => {
  it('shows the camera, then asks the server whatever the camera said', () => {
    const showing = run(readyState, { type: 'begin' }, { type: 'begun', attempt: attempt() })
    expect(showing.step).toBe('showing')
    for (const hint of ['done', 'cancelled', 'not_passed'] as const) {
      expect(run(showing, { type: 'hint', hint }).step).toBe('asking')
    }
  })

  it('is decided by the server alone', () => {
    const passed = attempt({ state: 'passed', kind: 'passed' })
    const asking = run(readyState, { type: 'begun', attempt: attempt() }, { type: 'hint', hint: 'cancelled' })
    expect(run(asking, { type: 'answer', attempt: passed })).toEqual({ step: 'decided', attempt: passed })
  })

  it('is decided at once where the provider could not begin', () => {
    const failed = attempt({ state: 'failed', kind: 'not_passed', call: undefined })
    expect(run(readyState, { type: 'begun', attempt: failed }).step).toBe('decided')
  })

  it('offers to begin again soon after the person left', () => {
    const asking = run(readyState, { type: 'begun', attempt: attempt() }, { type: 'hint', hint: 'cancelled' })
    expect(run(asking, running).step).toBe('asking')
    expect(run(asking, running, running)).toEqual({ step: 'left', attemptId: 'att_1' })
  })

  it('stops asking after a while and asks again on demand', () => {
    const asking = run(readyState, { type: 'begun', attempt: attempt() }, { type: 'hint', hint: 'done' })
    const pending = run(asking, ...times(15, running))
    expect(pending).toEqual({ step: 'pending', attemptId: 'att_1' })
    expect(run(pending, { type: 'ask' }).step).toBe('asking')
  })

  it('waits longer while the face is shown on a page elsewhere', () => {
    const asking = run(readyState, { type: 'begun', attempt: attempt() }, { type: 'opened' })
    expect(run(asking, ...times(80, running)).step).toBe('asking')
  })

  it('ignores the answer to an attempt that is no longer the one', () => {
    const asking = initialFaceState('att_2')
    expect(run(asking, { type: 'answer', attempt: attempt({ kind: 'passed' }) })).toBe(asking)
  })

  it('loses no attempt when the network breaks', () => {
    expect(run(initialFaceState('att_1'), { type: 'gave_up' })).toEqual({ step: 'pending', attemptId: 'att_1' })
    expect(run(readyState, { type: 'begin' }, { type: 'gave_up' })).toBe(readyState)
  })

  it('does not begin twice', () => {
    const starting = run(readyState, { type: 'begin' })
    expect(run(starting, { type: 'begin' })).toBe(starting)
  })
})
