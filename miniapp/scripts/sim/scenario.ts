import type { Device } from './device'
import type { Phone } from './phone'

/** Opens the app on a new phone, or again on a phone that has been used, perhaps by a link. */
export type Open = (device: Partial<Device>, address?: string) => Phone

/** Prints a step that succeeded. */
export type Log = (step: string) => void
