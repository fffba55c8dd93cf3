/** From this system type size on, elder mode is on by default, because it enlarges buttons as well. */
export const elderFrom = 1.3

const smallest = 0.9
const largest = 1.2 // in elder mode, whose type is larger already

/** Reports whether elder mode is on by default. */
export function startsElder(system: number | undefined): boolean {
  return (system ?? 1) >= elderFrom
}

/**
 * Returns the factor by which all type sizes are multiplied. `system` is the type size set on the device, or undefined if
 * it is unknown. The factor is limited, so that words still fit on a small screen.
 */
export function typeScale(system: number | undefined, elder: boolean): number {
  if (system === undefined || !Number.isFinite(system) || system <= 0) return 1
  const scale = elder
    ? Math.min(Math.max(system / elderFrom, 1), largest)
    : Math.min(Math.max(system, smallest), elderFrom)
  return Math.round(scale * 100) / 100
}
