import type { Attempt, Confirmation, Failure, Notice, Session, Todo, TodoRow, Verification } from '../src/api/types'

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

export function todo(part: Overrides<Todo> = {}): Todo {
  const defaults: Todo = {
    id: 'todo_1',
    state: 'open',
    kind: 'open',
    revision: 3,
    content_digest: 'digest-3',
    opened_at: '2026-11-28T05:36:00Z',
    expires_at: '2026-12-05T05:36:00Z',
    progress: { signers: 2, waiting: 1 },
    content: {
      case_id: 'case-1',
      registry_id: 'registry-1',
      registry_name: 'Example Registry',
      signer_id: 'S1',
      role: 'Shareholder',
      header: {
        enterprise_name: 'Example Ltd',
        business_kind: 'establishment',
        mode: 'online',
        applied_on: '2026-11-28',
      },
      items: [{ label: 'Registered capital', value: '1,000,000' }],
    },
  }
  return override(defaults, part)
}

export function todoRow(part: Overrides<TodoRow> = {}): TodoRow {
  const defaults: TodoRow = {
    id: 'todo_1',
    kind: 'open',
    state: 'open',
    enterprise_name: 'Example Ltd',
    business_kind: 'establishment',
    role: 'Shareholder',
    registry_name: 'Example Registry',
    expires_at: '2026-12-05T05:36:00Z',
  }
  return override(defaults, part)
}

export function confirmation(part: Overrides<Confirmation> = {}): Confirmation {
  const defaults: Confirmation = {
    id: 'con_1',
    todo_id: 'todo_1',
    kind: 'yes',
    decision: 'confirmed',
    enterprise_name: 'Example Ltd',
    business_kind: 'establishment',
    role: 'Shareholder',
    revision: 3,
    content_digest: 'digest-3',
    answered_at: '2026-11-28T06:00:00Z',
    links: { self: '/v1/confirmations/con_1', receipt: '/v1/confirmations/con_1/receipt', todo: '/v1/todos/todo_1' },
  }
  return override(defaults, part)
}

export function notice(part: Overrides<Notice> = {}): Notice {
  const defaults: Notice = {
    id: 'face',
    kind: 'face',
    version: '1',
    hash: 'hash-1',
    language: 'en',
    title: 'Face data',
    statement: 'I agree to the face check',
    parts: {
      who: 'the operator',
      purpose: 'identity check',
      method: 'comparison',
      kinds: 'face',
      recipients: 'none',
      retention: 'seven days',
      rights: 'access',
      way_without_face: 'service window',
      withdrawal: 'at any time',
    },
  }
  return override(defaults, part)
}
