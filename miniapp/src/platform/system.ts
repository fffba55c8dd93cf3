import type { Device } from '../api/types'

/** What a mini-program's platform says of its device. Each value may be left out or be null, and so may all of them. */
export interface SystemInfo {
  platform?: string | null
  system?: string | null
  language?: string | null
  pixelRatio?: number | null
}

/** Reads the information; a platform that cannot be asked has said nothing. */
export function systemOf(read: () => SystemInfo | null | undefined): SystemInfo {
  try {
    return read() ?? {}
  } catch {
    return {}
  }
}

/**
 * Returns the device for the server. The system is its version, or its word before the version. What cannot be read is
 * left out: only a version that is surely too old is rejected.
 */
export function deviceOf({ platform, system }: SystemInfo): Device {
  const word = /^[A-Za-z]+(?=\s)/.exec(system ?? '')?.[0] ?? platform
  const version = /\d[\d.]*/.exec(system ?? '')?.[0]
  return { platform: word ? word.toLowerCase() : 'unknown', ...(version ? { version } : {}) }
}

/** Returns the device's languages as BCP 47 tags; none where the platform does not say. */
export function languagesOf({ language }: SystemInfo): string[] {
  return language ? [language.replace('_', '-')] : []
}
