import type { Attempt, Failure, Session, Verification } from '../src/api/types'

/** The fields of a fixture that differ from its defaults. A field that is undefined is left out. */
type Overrides<T> = { [K in keyof T]?: T[K] | undefined }

function override<T extends object>(defaults: T, overrides: Overrides<T>): T {
  const merged: Overrides<T> = { ...defaults, ...overrides }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as T
}

export const document = { type: 'resident_id', name_masked: '**例', number_masked: '1****************8' }

export function verification(part: Overrides<Verification> = {}): Verification {
  const defaults: Verification = {
    id: 'ver_1',
    purpose: 'access',
    state: 'open',
    kind: 'running',
    document,
    prefilled: false,
    has_portrait: false,
    created_at: '2026-11-22T00:00:00Z',
    expires_at: '2026-11-22T00:30:00Z',
    checks: [
      { check: 'face', state: 'pending', kind: 'todo' },
      { check: 'bank_card', state: 'pending', kind: 'todo' },
    ],
    next: { check: 'face' },
    tries: { left: 5 },
  }
  return override(defaults, part)
}

export function failure(part: Overrides<Failure> = {}): Failure {
  const defaults: Failure = {
    code: 'face_quality',
    kind: 'face',
    prompt: 'prompt',
    cause: 'cause',
    counted: true,
    retryable: true,
    remedies: [
      { kind: 'retry_better_light', text: 'light' },
      { kind: 'service_window', text: 'window', slip_code: '7K2M-93QF' },
      { kind: 'technical_support', text: 'support' },
    ],
  }
  return override(defaults, part)
}

export function attempt(part: Overrides<Attempt> = {}): Attempt {
  const defaults: Attempt = {
    attempt_id: 'att_1',
    check: 'face',
    state: 'open',
    kind: 'running',
    counted: false,
    verification: verification(),
    call: { kind: 'page', url: 'https://face.example' },
  }
  return override(defaults, part)
}

export function session(part: Overrides<Session> = {}): Session {
  const defaults: Session = {
    id: 'ses_1',
    channel: 'web',
    created_at: '2026-11-22T00:00:00Z',
    expires_at: '2026-11-22T12:00:00Z',
    idle_until: '2026-11-22T00:30:00Z',
  }
  return override(defaults, part)
}

export const access = { document, until: '2026-11-22T01:00:00Z' }
