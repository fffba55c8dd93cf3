// Whether the person's finger is on the screen right now: some questions are shown only then.
export const gesture = { held: false }

/** Does something in the turn of a tap. */
export function tapping(work: () => void): void {
  gesture.held = true
  try {
    work()
  } finally {
    gesture.held = false
  }
}
