/** The letters of a code to type. It has no vowels and no look-alikes. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ'

const codeLength = 8

/** The form of an invitation: the token of a link, or a code to type. */
const invitation = /^[A-Za-z0-9._-]{1,64}$/

/** Returns the token in the address of a page. For a scanned code, WeChat passes it as the scene, percent-encoded. */
export function invitationIn(params: Partial<Record<string, string>>): string | undefined {
  const token = decode(params.invitation ?? params.scene ?? '')
  return invitation.test(token) ? token : undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** How a code may be typed: in upper or lower case, with or without the hyphen. */
export const codeFormat = {
  clean: (raw: string) => raw.replace(/[^A-Za-z]/g, '').toUpperCase(),
  groups: [codeLength / 2, codeLength / 2],
  limit: codeLength,
}

/** Returns the key of the text that says why a code must be mistyped, or undefined if it may be right. */
export function codeError(code: string): 'codeLength' | 'codeLetters' | undefined {
  if (code.length !== codeLength) return 'codeLength'
  return [...code].every((letter) => letters.includes(letter)) ? undefined : 'codeLetters'
}
