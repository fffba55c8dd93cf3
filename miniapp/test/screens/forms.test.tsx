import { fireEvent, screen, waitFor } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import type { DocumentType } from '../../src/api/types'
import { getState, setState } from '../../src/app/store'
import { emptyDraft } from '../../src/journey/document'
import { numberFormats } from '../../src/journey/number-format'
import { BankCard } from '../../src/screens/bank-card'
import { Entry } from '../../src/screens/entry'
import { FourElements } from '../../src/screens/four-elements'
import { Identity } from '../../src/screens/identity'
import type { Key } from '../../src/strings'
import { attempt, failure, session, verification } from '../fixtures'
import { navigations } from './harness/pages'
import { fill, lastNavigation, noteOf, press, show, text } from './harness/render'
import { callsOf, problem, serve } from './harness/server'

const card = '6222600260001072444'
const number = '11010519491231002X'

function atEntry() {
  setState({ session: session() })
  serve('get /v1/session', session())
  show(Entry, { screen: 'entry' })
}

const field = (label: Key) => screen.getByLabelText<HTMLInputElement>(text(label))

const focused = (label: Key) => waitFor(() => expect(document.activeElement).toBe(field(label)))

async function violations() {
  const { violations: found } = await axe.run(document.body, { rules: { region: { enabled: false } } })
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)
}

describe('an invalid form', () => {
  it('marks each field, says how many, and moves the focus to the first', async () => {
    atEntry()
    await press(text('seeTodos'))
    await focused('name')
    expect(noteOf('name')).toBe(text('required'))
    expect(noteOf('number')).toBe(text('required'))
    expect(screen.getByText(text('fieldsInvalid', { n: 2 })).getAttribute('role')).toBe('status')
    await fill('name', '李样例')
    await press(text('seeTodos'))
    await focused('number')
    expect(field('name').getAttribute('aria-invalid')).toBeNull()
    expect(await screen.findByText(text('fieldsInvalid', { n: 1 }))).toBeTruthy()
    await press(text('seeTodos')) // and moves it again
    await focused('number')
    expect(navigations()).toHaveLength(0)
    expect(await violations()).toEqual([])
  })

  it('is not sent by Enter either', async () => {
    setState({ verification: verification(), cardDraft: { card, phone: '123' } })
    show(BankCard, { screen: 'bankCard' })
    fireEvent.keyDown(field('phone'), { key: 'Enter' })
    await focused('phone')
    expect(noteOf('phone')).toBe(text('phoneHint'))
    expect(callsOf('post /v1/verifications/ver_1/bank-card')).toHaveLength(0)
  })

  it('has a validity of two days in their order, or none', async () => {
    setState({ draft: { ...emptyDraft, name: '李样例', number } })
    atEntry()
    await press(text('validityAsk'))
    await fill('validUntil', '2015-03-01')
    await press(text('seeTodos'))
    await focused('validFrom')
    expect(noteOf('validFrom')).toBe(text('required'))
    await fill('validFrom', '2015-03-02')
    expect(noteOf('validUntil')).toBe(text('rule_validity'))
    await fill('validUntil', '2035-03-01')
    await press(text('seeTodos'))
    expect(await lastNavigation()).toBe('push s=notices&purpose=access')
  })
})

describe('what the server rejects', () => {
  const invalid = (pointer: string, rule: string) =>
    problem('values_invalid', 422, { errors: [{ pointer, rule }], failure: failure({ code: 'number_input_wrong' }) })

  it('is led back to the fields of the document', async () => {
    setState({ session: session(), draft: { ...emptyDraft, name: '李样例', number } })
    serve('post /v1/verifications', invalid('/document/number', 'number_birth_date'))
    show(Identity, { screen: 'identity', purpose: 'access' })
    await press(text('agreeAndVerify'))
    expect(await lastNavigation()).toBe('reset s=entry')
    expect(getState().rejected).toMatchObject([{ field: 'number', rule: 'number_birth_date' }])
  })

  it('is told next to its field, until the field is edited', async () => {
    setState({
      draft: { ...emptyDraft, name: '李样例', number },
      rejected: [{ field: 'number', rule: 'number_birth_date', text: 'prompt' }],
    })
    atEntry()
    await focused('number')
    expect(noteOf('number')).toBe(text('rule_number_birth_date'))
    expect(screen.getByText(text('fieldsInvalid', { n: 1 }))).toBeTruthy()
    await fill('name', '李样')
    expect(field('number').getAttribute('aria-invalid')).toBe('true')
    await userEvent.type(field('number'), '{Backspace}')
    expect(field('number').getAttribute('aria-invalid')).toBeNull()
  })

  it('is told of a card on its own screen, and the card is shown again', async () => {
    setState({ verification: verification(), cardDraft: { card, phone: '' } })
    serve('post /v1/verifications/ver_1/bank-card', invalid('/card', 'card_format'))
    show(BankCard, { screen: 'bankCard' })
    await press(text('verify'))
    await waitFor(() => expect(noteOf('card')).toBe(text('rule_card_format')))
    await focused('card')
    expect(screen.queryByRole('alert')).toBeNull()
    expect(navigations()).toHaveLength(0)
    serve('post /v1/verifications/ver_1/bank-card', attempt({ kind: 'passed' }))
    await press(text('verify'))
    await lastNavigation()
    expect(getState().rejected).toEqual([])
  })

  it('is told of the last day at the first one of a document without end', async () => {
    setState({ verification: verification(), draft: { ...emptyDraft, from: '2015-03-01', longTerm: true } })
    serve('post /v1/verifications/ver_1/four-elements', invalid('/valid_until', 'validity'))
    show(FourElements, { screen: 'fourElements' })
    await press(text('verify'))
    await focused('validFrom')
    expect(noteOf('validFrom')).toBe(text('rule_validity'))
    expect(await violations()).toEqual([])
  })

  it('has the words of the server for an unknown rule', async () => {
    setState({ verification: verification(), cardDraft: { card, phone: '' } })
    serve('post /v1/verifications/ver_1/bank-card', invalid('/phone', 'phone_of_the_moon'))
    show(BankCard, { screen: 'bankCard' })
    await press(text('verify'))
    await waitFor(() => expect(noteOf('phone')).toBe('prompt'))
  })
})

describe('a number', () => {
  it('is grouped while it is typed, and its value is not', async () => {
    atEntry()
    await userEvent.type(field('number'), number.toLowerCase())
    expect(field('number').value).toBe('110105 19491231 002X')
    expect(getState().draft.number).toBe(number)
    await userEvent.type(field('number'), '7')
    expect(getState().draft.number).toBe(number) // no number is longer
  })

  it('keeps the caret where a digit was changed', async () => {
    setState({ verification: verification() })
    show(BankCard, { screen: 'bankCard' })
    const input = field('card')
    await userEvent.type(input, card)
    expect(input.value).toBe('6222 6002 6000 1072 444')
    await userEvent.type(input, '{Backspace}', { initialSelectionStart: 5, initialSelectionEnd: 5 })
    expect(input.value).toBe('6226 0026 0001 0724 44')
    expect(input.selectionStart).toBe(3)
    await userEvent.type(input, '2', { initialSelectionStart: 3, initialSelectionEnd: 3 })
    expect(input.value).toBe('6222 6002 6000 1072 444')
    expect(input.selectionStart).toBe(4)
  })

  it('is pasted with spaces, hyphens and in full width', async () => {
    setState({ verification: verification() })
    show(BankCard, { screen: 'bankCard' })
    await userEvent.click(field('card'))
    await userEvent.paste(' ６２２２-6002 6000–1072 444 ')
    expect(getState().cardDraft.card).toBe(card)
    await userEvent.click(field('phone'))
    await userEvent.paste('+86 138-0013 8000')
    expect(getState().cardDraft.phone).toBe('+8613800138000')
  })

  it('has the keyboard of its kind', async () => {
    setState({ verification: verification() })
    show(BankCard, { screen: 'bankCard' })
    expect(field('card').inputMode).toBe('numeric')
    expect(field('phone').inputMode).toBe('tel')
  })

  it.each(Object.keys(numberFormats) as DocumentType[])('of a %s has a hint with an example', (type) => {
    setState({ draft: { ...emptyDraft, type } })
    atEntry()
    expect(noteOf('number')).toBe(text(`numberHint_${type}`))
  })
})
