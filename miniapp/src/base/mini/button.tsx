import { View } from '@tarojs/components'
import { useState } from 'react'
import type { ButtonProps, DetailsProps } from '../props'
import { aria } from './aria'

/** A view instead of the platforms' own buttons, which look different on each of them. */
export function Button({ kind = 'plain', busy = false, disabled = false, label, onPress, children }: ButtonProps) {
  const off = busy || disabled
  return (
    <View
      className={`button ${kind}${off ? ' off' : ''}`}
      hoverClass="pressed"
      {...aria({ role: 'button', label, disabled: off })}
      onClick={() => !off && onPress()}
    >
      {children}
    </View>
  )
}

export function Details({ summary, children }: DetailsProps) {
  const [open, setOpen] = useState(false)
  return (
    <View className="fold">
      <View className="summary" {...aria({ role: 'button' })} onClick={() => setOpen(!open)}>
        {open ? '▾ ' : '▸ '}
        {summary}
      </View>
      {open && children}
    </View>
  )
}
