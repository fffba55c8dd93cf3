import { describe, expect, it } from 'vitest'
import { normalized } from '../src/journey/number'
import { cardGroups, cardLimit, numberFormats } from '../src/journey/number-format'
import { edited, type Format, grouped } from '../src/journey/typed'

const card: Format = { clean: normalized, groups: cardGroups, limit: cardLimit }
const id: Format = { clean: normalized, ...numberFormats.resident_id }

/** Returns the text with its caret as "|", after an edit that is written the same way. */
function caretAfter(before: string, typed: string, format: Format, kind?: string): string {
  const { text, caret } = edited(before, { text: typed.replace('|', ''), caret: typed.indexOf('|'), kind }, format)
  return `${text.slice(0, caret)}|${text.slice(caret)}`
}

describe('grouped', () => {
  it.each([
    ['', ''],
    ['6222', '6222'],
    ['62226', '6222 6'],
    ['6222600260001072444', '6222 6002 6000 1072 444'],
    ['62226002600010724441', '6222 6002 6000 1072 4441'],
  ])('a card number %s', (value, shown) => expect(grouped(value, cardGroups)).toBe(shown))

  it('a resident ID number', () =>
    expect(grouped('11010519491231002X', numberFormats.resident_id.groups)).toBe('110105 19491231 002X'))

  it('a number without groups', () => expect(grouped('E12345678')).toBe('E12345678'))
})

describe('edited', () => {
  it.each([
    ['a digit at the end', '6222', '62226|', '6222 6|'],
    ['a digit in the middle', '62225678', '62229| 5678', '6222 9|567 8'],
    ['a digit that was deleted in the middle', '62225678', '622| 5678', '622|5 678'],
    ['a digit that is not part of the value', '6222', '6222-|', '6222|'],
  ])('keeps the caret after %s', (_, before, typed, want) => expect(caretAfter(before, typed, card)).toBe(want))

  it('deletes the digit next to a separator', () => {
    expect(caretAfter('62225678', '6222|5678', card, 'deleteContentBackward')).toBe('622|5 678')
    expect(caretAfter('62225678', '6222|5678', card, 'deleteContentForward')).toBe('6222| 678')
  })

  it('keeps a value that is entered again', () => {
    expect(caretAfter('62225678', '62225678|', card, 'insertText')).toBe('6222 5678|')
    expect(caretAfter('11010519491231002X', '11010519491231002X|', id)).toBe('110105 19491231 002X|')
  })

  it.each([
    ['spaces', '6222 6002 6000 1072 444|'],
    ['hyphens', '6222-6002-6000-1072-444|'],
    ['full width', '６２２２６００２６０００１０７２４４４|'],
    ['invisible characters', '\u200b6222600260001072444\ufeff|'],
  ])('reads a paste with %s', (_, typed) =>
    expect(caretAfter('', typed, card, 'insertFromPaste')).toBe('6222 6002 6000 1072 444|'),
  )

  it('writes letters as capitals', () =>
    expect(edited('', { text: '11010519491231002x', caret: 18 }, id).value).toBe('11010519491231002X'))

  it('types nothing beyond the longest number, and keeps a longer paste for its error', () => {
    expect(caretAfter('11010519491231002X', '110105 195|491231 002X', id, 'insertText')).toBe('110105 19|491231 002X')
    expect(edited('', { text: '11010519491231002X1', caret: 19, kind: 'insertFromPaste' }, id).value).toHaveLength(19)
  })
})
