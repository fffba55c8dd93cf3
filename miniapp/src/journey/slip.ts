import type { Failure } from '../api/types'
import { beijing } from './time'

/** The code for the clerk; absent where the failure has no way to the window. */
export function slipCode(failure: Failure): string | undefined {
  return failure.remedies.find((remedy) => remedy.kind === 'service_window')?.slip_code
}

/** What a person brings to the service window. There is nothing personal on it. */
export function slipText(failure: Failure, title: string, now: Date): string {
  return [title, failure.prompt, failure.code, slipCode(failure) ?? '', beijing(now.toISOString())]
    .filter(Boolean)
    .join('\n')
}
