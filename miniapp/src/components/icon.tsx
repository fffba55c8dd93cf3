import { Box } from '@base'

export type IconName = 'document' | 'camera' | 'card' | 'pen' | 'time' | 'free' | 'check' | 'light' | 'bare' | 'frame'

/** A picture next to a text that says the same. */
export function Icon({ name }: { name: IconName }) {
  return <Box className={`icon icon-${name}`} />
}
