import type { Failure } from '../api/types'
import { formatBeijing } from './time'

/** The code for the clerk; absent where the failure has no way to the window. */
export function windowSlipCode(failure: Failure): string | undefined {
  return failure.remedies.find((remedy) => remedy.kind === 'service_window')?.slip_code
}

/** What a person brings to the service window. There is nothing personal on it. */
export function windowSlipText(failure: Failure, title: string, now: Date): string {
  return [title, failure.prompt, failure.code, windowSlipCode(failure) ?? '', formatBeijing(now.toISOString())]
    .filter(Boolean)
    .join('\n')
}
