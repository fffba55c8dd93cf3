import type { Device } from '../../api/types'

/** What the browser says of the device; a desktop is neither Android nor iOS and has no floor. */
export function device(): Device {
  const agent = navigator.userAgent
  const android = /Android (\d+(?:\.\d+)*)/.exec(agent)
  if (android?.[1]) return { platform: 'android', version: android[1] }
  const ios = /(?:iPhone|iPad).*? OS (\d+(?:_\d+)*)/.exec(agent)
  if (ios?.[1]) return { platform: 'ios', version: ios[1].replace(/_/g, '.') }
  return { platform: 'browser', version: '1' }
}
