import { systemOf } from '../mini/system'

const usual = 16 // px
const leastPixels = 8
/** The steps of the type size in Alipay's settings, from small to largest. The second one is usual. */
const steps = [0.9, 1, 1.15, 1.3, 1.45]

/**
 * Returns the type size that is set in Alipay. Alipay documents the value as "the type size that the user has set", with 1
 * as its example and without a unit. A small whole number is read as a step, another small one as a factor, and a larger
 * one as px.
 */
export function typeSize(): number | undefined {
  const { fontSizeSetting: size } = systemOf(() => my.getSystemInfoSync())
  if (typeof size !== 'number') return undefined
  if (size >= leastPixels) return size / usual
  return Number.isInteger(size) ? steps[size] : size
}
