import type { Attempt, Failure, Session, Verification } from '../src/api/types'

export const document = { type: 'resident_id', name_masked: '**例', number_masked: '1****************8' }

export function verification(part: Partial<Verification> = {}): Verification {
  return {
    id: 'ver_1', purpose: 'access', state: 'open', kind: 'running', document, prefilled: false, has_portrait: false,
    created_at: '2026-11-22T00:00:00Z', expires_at: '2026-11-22T00:30:00Z',
    checks: [{ check: 'face', state: 'pending', kind: 'todo' }, { check: 'bank_card', state: 'pending', kind: 'todo' }],
    next: { check: 'face' }, tries: { left: 5 }, ...part,
  }
}

export function failure(part: Partial<Failure> = {}): Failure {
  return {
    code: 'face_quality', kind: 'face', prompt: 'prompt', cause: 'cause', counted: true, retryable: true,
    remedies: [
      { kind: 'retry_better_light', text: 'light' }, { kind: 'service_window', text: 'window', slip_code: '7K2M-93QF' },
      { kind: 'technical_support', text: 'support' },
    ],
    ...part,
  }
}

export function attempt(part: Partial<Attempt> = {}): Attempt {
  return {
    attempt_id: 'att_1', check: 'face', state: 'open', kind: 'running', counted: false, verification: verification(),
    call: { kind: 'page', url: 'https://face.example' }, ...part,
  }
}

export function session(part: Partial<Session> = {}): Session {
  return {
    id: 'ses_1', channel: 'web', created_at: '2026-11-22T00:00:00Z', expires_at: '2026-11-22T12:00:00Z',
    idle_until: '2026-11-22T00:30:00Z', ...part,
  }
}

export const access = { document, until: '2026-11-22T01:00:00Z' }
