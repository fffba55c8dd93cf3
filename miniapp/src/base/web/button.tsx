import { useState } from 'react'
import type { ButtonProps, DetailsProps } from '../props'

export function Button({ kind = 'plain', busy = false, disabled = false, label, onPress, children }: ButtonProps) {
  // A busy button does nothing but keeps the focus, which a disabled button would lose.
  const off = busy || disabled
  return (
    <button
      type="button"
      className={`button ${kind}${off ? ' off' : ''}`}
      aria-disabled={off}
      aria-busy={busy}
      aria-label={label}
      onClick={() => !off && onPress()}
    >
      {children}
    </button>
  )
}

export function Details({ summary, lazy = false, children }: DetailsProps) {
  const [opened, setOpened] = useState(false)
  return (
    <details className="fold" onToggle={() => setOpened(true)}>
      <summary>{summary}</summary>
      {(opened || !lazy) && children}
    </details>
  )
}
