/** A touch as every platform tells of it. */
export interface Touch {
  identifier?: number
}

export interface Touches<T extends Touch> {
  touches?: ArrayLike<T>
  changedTouches?: ArrayLike<T>
}

/** Follows the one finger that writes. A palm that touches the surface beside it is not heard. */
export class Finger<T extends Touch> {
  private id: number | undefined

  /** Returns the touch that begins to write. `resting`: the one before has not moved, so it was the palm. */
  down(event: Touches<T>, resting: boolean): T | undefined {
    const [touch] = Array.from(event.changedTouches ?? event.touches ?? [])
    if (!touch || (this.id !== undefined && !resting)) return undefined
    this.id = idOf(touch)
    return touch
  }

  /** Returns the touch that writes, where it moved. */
  move(event: Touches<T>): T | undefined {
    return Array.from(event.changedTouches ?? event.touches ?? []).find((touch) => idOf(touch) === this.id)
  }

  /** Reports whether the finger that wrote has left the surface. */
  up(event: Touches<T>): boolean {
    const stays = Array.from(event.touches ?? []).some((touch) => idOf(touch) === this.id)
    if (this.id === undefined || stays) return false
    this.id = undefined
    return true
  }
}

/** A platform that tells fingers not apart has one. */
function idOf(touch: Touch): number {
  return touch.identifier ?? 0
}
