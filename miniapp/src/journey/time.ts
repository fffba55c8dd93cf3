const offset = 8 * 3_600_000

const pad = (n: number) => String(n).padStart(2, '0')

/** Formats a time in Beijing time, which registrations use. Devices may have other time zones. */
export function formatBeijing(time: string | undefined): string {
  const at = new Date(time ?? '')
  if (Number.isNaN(at.getTime())) return ''
  const d = new Date(at.getTime() + offset)
  return `${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())} ${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}`
}
