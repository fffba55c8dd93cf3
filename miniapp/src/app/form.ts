import { useEffect, useRef, useState } from 'react'
import type { FieldName, RejectedField } from '../journey/invalid-values'
import { isKey } from '../strings'
import { useTranslation } from './hooks'
import { useAppState } from './store'

/** The errors of our own checks by field, in the order of the fields on the screen. Every field of the form is listed. */
export type FieldErrors = Partial<Record<FieldName, string | undefined>>

export interface Form {
  /** Returns the error to show next to a field. */
  error(field: FieldName): string | undefined
  /** Changes when the field has to take the focus. */
  focusOn(field: FieldName): unknown
  /** The number of fields that are marked after the form was submitted. */
  invalid: number
  /** Sends the form, or marks its invalid fields and moves the focus to the first one. */
  submit(send: () => void): void
  /** Moves the focus to a field. */
  focus(field: FieldName): void
}

/**
 * Returns the state of a form. Errors of our own checks are shown once the form was submitted, those that `early` lists
 * at once. Errors of the server are shown until their field is edited.
 */
export function useForm(errors: FieldErrors, early: readonly FieldName[] = []): Form {
  const { rejected } = useAppState()
  const t = useTranslation()
  const [submitted, setSubmitted] = useState(false)
  const [target, setTarget] = useState<{ field: FieldName }>()
  const fields = Object.keys(errors) as FieldName[]

  const error = (field: FieldName) => {
    const own = submitted || early.includes(field) ? errors[field] : undefined
    return own ?? textOf(rejected.find((one) => one.field === field))
  }
  const textOf = (one: RejectedField | undefined) => {
    const key = `rule_${one?.rule}`
    return one && (isKey(key) ? t(key) : one.text)
  }
  const focusFirst = useRef(() => {})
  focusFirst.current = () => {
    const first = fields.find((field) => errors[field] ?? rejected.find((one) => one.field === field))
    if (first) setTarget({ field: first })
  }
  useEffect(() => {
    if (rejected.length > 0) focusFirst.current()
  }, [rejected])

  return {
    error,
    focusOn: (field) => (target?.field === field ? target : undefined),
    invalid: submitted || rejected.length > 0 ? fields.filter(error).length : 0,
    submit: (send) => {
      setSubmitted(true)
      if (fields.some((field) => errors[field])) focusFirst.current()
      else send()
    },
    focus: (field) => setTarget({ field }),
  }
}
