import { mergeInternalComponents } from '@tarojs/shared'
import attributes from './aria.json'

// config/aria.js adds the same attributes to the templates.
const own = process.env.TARO_ENV === 'alipay' ? attributes.alipay : attributes.weapp
mergeInternalComponents({ View: own, Image: own, Input: own })

export interface Aria {
  role?: 'button' | 'checkbox' | 'radio' | 'heading' | 'alert' | 'status' | 'img' | undefined
  label?: string | undefined
  checked?: boolean
  disabled?: boolean
}

/** Returns the accessibility attributes of an element. WeChat and Alipay have different names for the role. */
export function aria({ role, label, checked, disabled }: Aria) {
  return {
    ...(role && { role, ariaRole: role }),
    ...(label !== undefined && { ariaLabel: label }),
    ...(checked !== undefined && { ariaChecked: String(checked) }),
    ...(disabled && { ariaDisabled: 'true' }),
  }
}
