import { Picker, Text, View } from '@tarojs/components'
import type { DateFieldProps } from '../props'
import { aria } from './aria'

/** A day, with the platform's own picker. */
export function DateField({ label, value, onChange, hint, error }: DateFieldProps) {
  const note = error ?? hint
  return (
    <View className="field">
      <View className="label">{label}</View>
      <Picker
        mode="date"
        value={value}
        start="1900-01-01"
        end="2999-12-31"
        onChange={(event) => onChange(event.detail.value)}
      >
        <View
          className={`input picker${error ? ' invalid' : ''}`}
          {...aria({ role: 'button', label: [label, value, error].filter(Boolean).join(' ') })}
        >
          <Text>{value}</Text>
          <Text>›</Text>
        </View>
      </Picker>
      {note && <View className={error ? 'note wrong' : 'note'}>{note}</View>}
    </View>
  )
}
