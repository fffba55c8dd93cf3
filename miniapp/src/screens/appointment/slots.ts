import type { Answer } from '../../api/types'
import { formatBeijing } from '../../journey/time'
import type { Texts } from './texts'

export type Slot = Answer<'/v1/slots', 'get'>['slots'][number]

/** Returns the day of a time in Beijing, as 2026-12-01. */
export const dayOf = (at: string): string => formatBeijing(at).slice(0, 10)

/** Returns the time of day in Beijing, as 09:30. */
export const clockOf = (at: string): string => formatBeijing(at).slice(11)

/** Returns the days that have a free place, with the text of each. */
export function daysOf(slots: readonly Slot[], a: Texts): { value: string; label: string }[] {
  const free = new Map<string, number>()
  for (const slot of slots)
    if (slot.free > 0) free.set(dayOf(slot.starts_at), (free.get(dayOf(slot.starts_at)) ?? 0) + slot.free)
  const weekdays = a('weekdays').split(' ')
  return [...free].map(([day, n]) => ({
    value: day,
    label: a('dayFree', { day, n, weekday: weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '' }),
  }))
}
