const offset = 8 * 3_600_000

const two = (n: number) => String(n).padStart(2, '0')

/** Shows a time in Beijing, as everything of a registration is dated. Devices' own zones and tables differ. */
export function beijing(time: string | undefined): string {
  const at = new Date(time ?? '')
  if (Number.isNaN(at.getTime())) return ''
  const d = new Date(at.getTime() + offset)
  return `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`
}
