import type { Sandbox } from '../sandbox'

export const phone: Sandbox['phone'] = undefined
export const Bar: Sandbox['Bar'] = undefined
