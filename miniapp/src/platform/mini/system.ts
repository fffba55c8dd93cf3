import type { Device } from '../../api/types'

/** What a mini-program's platform reports about its device. Each value, and the whole, may be absent or null. */
export interface SystemInfo {
  platform?: string | null | undefined
  system?: string | null | undefined
  language?: string | null | undefined
  pixelRatio?: number | null | undefined
  fontSizeSetting?: number | null | undefined
  fontSizeScaleFactor?: number | null | undefined
}

/** Reads the information. Returns nothing if the platform cannot be asked. */
export function systemOf(read: () => SystemInfo | null | undefined): SystemInfo {
  try {
    return read() ?? {}
  } catch {
    return {}
  }
}

/**
 * Returns the device for the server. The system is a version, or a word and a version. What cannot be read is left out,
 * because the server rejects only a version that is certainly too old.
 */
export function deviceOf({ platform, system }: SystemInfo): Device {
  const word = /^[A-Za-z]+(?=\s)/.exec(system ?? '')?.[0] ?? platform
  const version = /\d[\d.]*/.exec(system ?? '')?.[0]
  return { platform: word ? word.toLowerCase() : 'unknown', ...(version ? { version } : {}) }
}

/** Returns the device's languages as BCP 47 tags, or none if the platform does not report them. */
export function languagesOf({ language }: SystemInfo): string[] {
  return language ? [language.replace('_', '-')] : []
}
