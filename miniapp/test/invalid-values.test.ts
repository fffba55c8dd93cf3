import { expect, it } from 'vitest'
import type { Problem } from '../src/api/types'
import { rejectedFields } from '../src/journey/invalid-values'
import { isKey } from '../src/strings'
import { failure } from './fixtures'

function invalid(errors: NonNullable<Problem['errors']>, code = 'values_invalid'): Problem {
  return {
    type: 'urn',
    code,
    status: 422,
    title: 'title',
    detail: 'detail',
    request_id: 'req_1',
    errors,
    failure: failure(),
  }
}

it('leads each rule to its field', () => {
  const errors = [
    { pointer: '/document/number', rule: 'number_checksum' },
    { pointer: '/document/valid_until', rule: 'validity' },
    { pointer: '/card', rule: 'card_format' },
  ]
  expect(rejectedFields(invalid(errors))?.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
    'number number_checksum',
    'until validity',
    'card card_format',
  ])
})

it('has the text of the server for a rule that it does not know', () =>
  expect(rejectedFields(invalid([{ pointer: '/document/name', rule: 'new' }]))?.[0]?.text).toBe('prompt'))

it('leaves to the failure screen what is not in a form', () => {
  expect(rejectedFields(invalid([{ pointer: '/purpose', rule: 'enum' }]))).toBeUndefined()
  expect(rejectedFields(invalid([{ parameter: 'limit', rule: 'type' }]))).toBeUndefined()
  expect(rejectedFields(invalid([]))).toBeUndefined()
  expect(rejectedFields(invalid([{ pointer: '/card', rule: 'card_format' }], 'content_invalid'))).toBeUndefined()
})

it.each([
  'number_empty',
  'number_length',
  'number_alphabet',
  'number_format',
  'number_province',
  'number_birth_date',
  'number_checksum',
  'number_is_residence_permit',
  'name_empty',
  'name_length',
  'name_alphabet',
  'phone_format',
  'phone_foreign',
  'card_format',
  'validity',
  'date_format',
])('has a text for the rule %s', (rule) => expect(isKey(`rule_${rule}`)).toBe(true))
