import type { Problem } from '../api/types'

/** What can help after a rejected call: the same call again, the step that is due now, or a new verification. */
export type NextStep = 'retry' | 'resume' | 'restart'

/** Rejections that are not final, although their status is that of a final one. */
const undecided: readonly string[] = ['idempotency_key_running', 'state_changed', 'auth_code_invalid']

/** Another call has moved the verification. The server knows which step is due. */
const moved: readonly string[] = [
  'verification_changed',
  'verification_failed',
  'verification_passed',
  'verification_awaiting_acceptance',
  'verification_open',
  'face_first',
  'earlier_check_first',
  'check_done',
  'check_not_needed',
  'check_running',
  'attempt_superseded',
]

/** The verification has ended, or does not cover this answer. */
const ended: readonly string[] = [
  'verification_expired',
  'verification_voided',
  'verification_not_usable',
  'verification_consumed',
]

/** Returns what can help after a problem. Returns undefined if the same call can only be rejected again. */
export function nextStepFor({ code, status }: Problem): NextStep | undefined {
  if (moved.includes(code)) return 'resume'
  if (ended.includes(code)) return 'restart'
  return status >= 500 || status === 429 || undecided.includes(code) ? 'retry' : undefined
}
