import type { Failure } from '../api/types'
import { formatBeijing } from './time'

/** Returns the code for the clerk, or undefined if the service window is not a remedy. */
export function windowSlipCode(failure: Failure): string | undefined {
  return failure.remedies.find((remedy) => remedy.kind === 'service_window')?.slip_code
}

/** Returns the text of the slip for the service window. It contains no personal data. */
export function windowSlipText(failure: Failure, title: string, now: Date): string {
  return [title, failure.prompt, failure.code, windowSlipCode(failure) ?? '', formatBeijing(now.toISOString())]
    .filter(Boolean)
    .join('\n')
}
