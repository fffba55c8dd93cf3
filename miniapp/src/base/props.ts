import type { ReactNode } from 'react'
import type { Format } from '../journey/typed'
import type { Recorder } from '../strokes/recorder'

// The elements of the screens. Web and mini-programs implement them separately, so that a browser has real headings,
// buttons and fields, and a mini-program loads nothing that is meant for browsers.

export interface BoxProps {
  className?: string | undefined
  children?: ReactNode
  /** The landmark or role of the box. */
  as?: 'div' | 'header' | 'main' | 'nav' | 'section' | 'list' | 'ordered' | 'item' | 'alert' | 'status'
  label?: string | undefined
  lang?: string | undefined
  /** Whether this is the step that the person is at. */
  current?: boolean
  /** Custom properties for the style sheets, by name. */
  properties?: Readonly<Record<string, string>> | undefined
}

export interface TextProps {
  className?: string | undefined
  children?: ReactNode
  lang?: string | undefined
}

export interface HeadingProps {
  level: 1 | 2
  /** When this value changes, the heading takes the focus, so that screen readers announce the screen. */
  focusOn?: unknown
  children: ReactNode
}

export interface ButtonProps {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  busy?: boolean
  disabled?: boolean
  label?: string | undefined
  onPress: () => void
  children: ReactNode
}

export interface FieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string | undefined
  hint?: string | undefined
  error?: string | undefined
  /** The keyboard of a touch screen: digits, digits with + and brackets, or digits with X where the platform has one. */
  keyboard?: 'digits' | 'phone' | 'id' | undefined
  /** The format of a number. Its value has no separators. */
  format?: Format | undefined
  maxLength: number
  /** The kind of value that the browser may fill in. */
  autoComplete?: string | undefined
  /** When this value changes, the field takes the focus. */
  focusOn?: unknown
  onEnter?: () => void
}

export interface DateFieldProps {
  label: string
  /** A day as 2006-01-02, or an empty text. */
  value: string
  onChange: (value: string) => void
  hint?: string | undefined
  error?: string | undefined
  /** When this value changes, the field takes the focus. */
  focusOn?: unknown
}

export interface Option {
  value: string
  label: string
}

export interface SelectProps {
  label: string
  value: string
  options: readonly Option[]
  onChange: (value: string) => void
}

export interface CheckboxProps {
  /** The name of the group of radio buttons. Without it, this is a checkbox. */
  radioGroup?: string | undefined
  checked: boolean
  onChange: (ticked: boolean) => void
  children: ReactNode
}

export interface PictureProps {
  src: string
  alt: string
  className?: string | undefined
}

export interface DetailsProps {
  summary: string
  /** Whether the content is rendered only once it is opened, because it loads data. */
  lazy?: boolean
  children: ReactNode
}

export interface SignatureCanvasProps {
  recorder: Recorder
  label: string
  /** Whether the surface is upright and the device is turned. */
  sideways: boolean
  /** Changes when strokes were removed. */
  version: number
  onChange: () => void
}
