/** The part of a touch that all platforms have. Platforms that do not distinguish fingers omit the identifier. */
export interface Touch {
  identifier?: number
}

export interface Touches<T extends Touch> {
  touches?: ArrayLike<T>
  changedTouches?: ArrayLike<T>
}

/** Tracks the finger that writes, and ignores a palm that touches the surface too. */
export class TouchTracker<T extends Touch> {
  private id: number | undefined

  /**
   * Returns the touch that begins to write, or undefined if another one already writes. If that one is `resting`, it has
   * not moved and was the palm, so the new touch replaces it.
   */
  start(event: Touches<T>, resting: boolean): T | undefined {
    const [touch] = Array.from(event.changedTouches ?? event.touches ?? [])
    if (!touch || (this.id !== undefined && !resting)) return undefined
    this.id = idOf(touch)
    return touch
  }

  /** Returns the touch that writes, or undefined if it has not changed. */
  move(event: Touches<T>): T | undefined {
    return Array.from(event.changedTouches ?? event.touches ?? []).find((touch) => idOf(touch) === this.id)
  }

  /** Reports whether the finger that wrote has left the surface. */
  end(event: Touches<T>): boolean {
    const stays = Array.from(event.touches ?? []).some((touch) => idOf(touch) === this.id)
    if (this.id === undefined || stays) return false
    this.id = undefined
    return true
  }
}

/** Without identifiers there is only one finger. */
function idOf(touch: Touch): number {
  return touch.identifier ?? 0
}
