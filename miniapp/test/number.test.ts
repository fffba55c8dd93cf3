import { describe, expect, it } from 'vitest'
import { isCardNumber, isPlausiblePhone, maskCard, passesLuhn } from '../src/journey/bank-card'
import { isIncomplete, numberError } from '../src/journey/number'

describe('a mistyped number', () => {
  it.each([
    ['11010519491231002X', undefined],
    [' １１０１０５ 19491231-002ｘ ', undefined],
    ['440524188001010014', undefined], // the server checks the year
    ['11010519491231002', 'numberLength'],
    ['11010519491231002XX', 'numberLength'],
    ['110105194912310021', 'numberWrong'],
    ['11010519490230002X', 'numberWrong'],
    ['1101051949123100X2', 'numberWrong'],
    ['11010519491231002Χ', undefined], // a similar letter, which the server checks
  ] as const)('%s is told as %s', (raw, fault) => {
    expect(numberError('resident_id', raw)).toBe(fault)
  })

  it('is told while it is typed only once nothing can follow', () => {
    expect(isIncomplete('resident_id', '1101051949')).toBe(true)
    expect(isIncomplete('resident_id', '110105194912310021')).toBe(false)
    expect(isIncomplete('resident_id', '1101051949123100211')).toBe(false)
  })

  it('of another document is left to the server', () => {
    expect(numberError('passport', 'E1')).toBeUndefined()
    expect(numberError('foreign_permanent_resident', '9')).toBeUndefined()
  })
})

describe('a bank card', () => {
  it('has 13 to 19 digits, whatever stands between them', () => {
    expect(
      ['6222 0210-0000 0000 001', '６２２２０２１００００００', '123', '', '62220210000000000012345', '6222O2'].map(
        isCardNumber,
      ),
    ).toEqual([true, true, false, false, false, false])
  })

  it('is doubted by its last digit', () => {
    expect(passesLuhn('4111 1111 1111 1111')).toBe(true)
    expect(passesLuhn('4111 1111 1111 1112')).toBe(false)
    expect(maskCard('4111 1111 1111 1112')).toBe('**** 1112')
  })

  it('goes with a phone of the mainland or with none', () => {
    expect(
      ['', '13800000000', '+86 138-0000-0000', '(0086)13800000000', '123', '12800000000'].map(isPlausiblePhone),
    ).toEqual([true, true, true, true, false, false])
  })
})
