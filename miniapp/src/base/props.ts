import type { ReactNode } from 'react'
import type { Recorder } from '../strokes/recorder'

// What screens are made of. Web and mini-program draw it each with their own elements, so that a browser has real
// headings, buttons and fields, and a mini-program loads nothing that is meant for browsers.

export interface BoxProps {
  className?: string | undefined
  children?: ReactNode
  /** A landmark, or what a part is to a screen reader. */
  as?: 'div' | 'header' | 'main' | 'nav' | 'section' | 'list' | 'item' | 'alert' | 'status'
  label?: string | undefined
  lang?: string | undefined
}

export interface TextProps {
  className?: string | undefined
  children?: ReactNode
  lang?: string | undefined
}

export interface HeadingProps {
  level: 1 | 2
  /** Takes the focus whenever it changes: a new screen announces itself. */
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
  digits?: boolean
  maxLength: number
  /** What the browser may offer. */
  autoComplete?: string | undefined
  onEnter?: () => void
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
  /** One of several, or on its own. */
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
  children: ReactNode
}

export interface SignatureCanvasProps {
  recorder: Recorder
  label: string
  /** The surface stands upright and is written on with the phone turned. */
  sideways: boolean
  /** Changes when strokes were undone or cleared from outside. */
  version: number
  onChange: () => void
}
