import { describe, expect, it } from 'vitest'
import { codeError, codeFormat, invitationIn } from '../src/journey/invitation'

describe('invitationIn', () => {
  it('reads the token of a link, and the scene of a scanned code', () => {
    const token = 'K3Q7XW2M5V6NDZJ4PA7B3RTYHE'
    expect(invitationIn({ invitation: token })).toBe(token)
    expect(invitationIn({ scene: token })).toBe(token)
    expect(invitationIn({ scene: 'WDJB%2DMJHT' })).toBe('WDJB-MJHT')
  })

  it('ignores what cannot be an invitation', () => {
    for (const invitation of ['', 'a b', '%', 'x'.repeat(65), '../todos'])
      expect(invitationIn({ invitation })).toBe(undefined)
    expect(invitationIn({})).toBe(undefined)
  })
})

describe('a code that is typed', () => {
  it('may have a hyphen, spaces and small letters', () => {
    expect(codeFormat.clean(' wdjb-mjht ')).toBe('WDJBMJHT')
    expect(codeError('WDJBMJHT')).toBe(undefined)
  })

  it('has eight letters and no vowel', () => {
    expect(codeError('WDJB')).toBe('codeLength')
    expect(codeError('WDJBMJHTB')).toBe('codeLength')
    expect(codeError('WDJBMJHA')).toBe('codeLetters')
  })
})
