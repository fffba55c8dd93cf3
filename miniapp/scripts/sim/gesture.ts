// Whether a tap is being handled. WeChat shows some questions only during a tap.
export const gesture = { held: false }

/** Runs a function during a tap. */
export function tapping(work: () => void): void {
  gesture.held = true
  try {
    work()
  } finally {
    gesture.held = false
  }
}
