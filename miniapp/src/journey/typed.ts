/** How a field reads what is typed or pasted, and how it shows it. */
export interface Format {
  /** Removes what is not part of the value, such as spaces. */
  clean: (raw: string) => string
  /** The sizes of the groups in which the value is shown. The last group takes the rest. */
  groups?: readonly number[] | undefined
  /** Characters after this number are not typed. A longer text that is pasted is kept, so that its error can be shown. */
  limit: number
}

/** The content of an input after an input event. */
export interface Typed {
  text: string
  caret: number
  /** The inputType of the event, if the platform has one. */
  kind?: string | undefined
}

const separator = ' '

/** Returns a value as it is shown, in groups. */
export function grouped(value: string, groups: readonly number[] = []): string {
  const parts: string[] = []
  let rest = value
  for (const size of groups.slice(0, -1)) {
    if (rest.length <= size) break
    parts.push(rest.slice(0, size))
    rest = rest.slice(size)
  }
  return [...parts, rest].join(separator)
}

/** Returns the new value, and the text and caret to show. The caret stays after the same character of the value. */
export function edited(before: string, { text, caret, kind }: Typed, format: Format): Typed & { value: string } {
  const { clean, groups, limit } = format
  let value = clean(text)
  let count = clean(text.slice(0, caret)).length
  const last = grouped(before, groups)
  if (last[caret] === separator && text === last.slice(0, caret) + last.slice(caret + 1)) {
    // Only a separator was deleted. The person means the character next to it.
    count = kind === 'deleteContentForward' ? count : Math.max(count - 1, 0)
    value = before.slice(0, count) + before.slice(count + 1)
  } else if (kind === 'insertText' && value.length > limit && value.length > before.length) {
    count = Math.max(count - (value.length - before.length), 0)
    value = before
  }
  const shown = grouped(value, groups)
  return { value, text: shown, caret: positionAfter(shown, count) }
}

/** Returns the position after a number of characters of the value. */
function positionAfter(shown: string, count: number): number {
  let position = 0
  for (let left = count; left > 0 && position < shown.length; position++) if (shown[position] !== separator) left--
  return position
}
