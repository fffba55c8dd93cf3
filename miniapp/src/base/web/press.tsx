import type { ButtonProps, ExternalProps, FoldProps } from '../props'

export function Button({ kind = 'plain', busy = false, disabled = false, label, onPress, children }: ButtonProps) {
  // A busy button keeps the focus, which a disabled one would lose; it only does nothing.
  const off = busy || disabled
  return (
    <button
      type="button" className={`button ${kind}${off ? ' off' : ''}`} aria-disabled={off} aria-busy={busy} aria-label={label}
      onClick={() => !off && onPress()}
    >
      {children}
    </button>
  )
}

/** Opens in a tab of its own, so that this one stays where it is. */
export function External({ href, onFollow, children }: ExternalProps) {
  return <a className="button main" href={href} target="_blank" rel="noopener noreferrer" onClick={onFollow}>{children}</a>
}

export function Fold({ summary, children }: FoldProps) {
  return <details className="fold"><summary>{summary}</summary>{children}</details>
}
