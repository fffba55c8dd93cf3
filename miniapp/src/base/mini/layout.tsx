import { Image, View, Text as Words } from '@tarojs/components'
import type { BoxProps, HeadingProps, PictureProps, TextProps } from '../props'
import { aria } from './aria'

export function Box({ as, className, label, properties, children }: BoxProps) {
  const role = as === 'alert' || as === 'status' ? as : undefined
  return (
    <View className={className ?? ''} {...(properties && { style: properties })} {...aria({ role, label })}>
      {children}
    </View>
  )
}

export function Text({ className, children }: TextProps) {
  return <Words className={className ?? ''}>{children}</Words>
}

export function Heading({ level, children }: HeadingProps) {
  return (
    <View className={`h${level}`} {...aria({ role: 'heading' })}>
      {children}
    </View>
  )
}

export function Picture({ src, alt, className }: PictureProps) {
  return (
    <Image
      className={className ?? ''}
      src={src}
      mode="aspectFit"
      showMenuByLongpress
      {...aria({ role: 'img', label: alt })}
    />
  )
}
