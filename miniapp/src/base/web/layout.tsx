import { useEffect, useRef } from 'react'
import type { BoxProps, HeadingProps, PictureProps, TextProps } from '../props'

const roles: Partial<Record<NonNullable<BoxProps['as']>, string>> = { alert: 'alert', status: 'status' }
const elements = { list: 'ul', ordered: 'ol', item: 'li', alert: 'div', status: 'div' } as const

export function Box({ as = 'div', className, label, lang, current, properties, children }: BoxProps) {
  const Element = as in elements ? elements[as as keyof typeof elements] : (as as 'div')
  return (
    <Element
      className={className}
      role={roles[as]}
      aria-label={label}
      aria-current={current ? 'step' : undefined}
      lang={lang}
      style={properties}
    >
      {children}
    </Element>
  )
}

export function Text({ className, lang, children }: TextProps) {
  return (
    <span className={className} lang={lang}>
      {children}
    </span>
  )
}

export function Heading({ level, focusOn, children }: HeadingProps) {
  const element = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (focusOn !== undefined) element.current?.focus({ preventScroll: false })
  }, [focusOn])
  const Element = level === 1 ? 'h1' : 'h2'
  return (
    <Element ref={element} className={`h${level}`} tabIndex={level === 1 ? -1 : undefined}>
      {children}
    </Element>
  )
}

export function Picture({ src, alt, className }: PictureProps) {
  return <img className={className} src={src} alt={alt} />
}
