/** The letters of a code to type. It has no vowels and no look-alikes. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ'

const codeLength = 8

/** What an invitation can consist of: the token of a link, or a code to type. */
const invitation = /^[A-Za-z0-9._-]{1,64}$/

/** Returns the token in the address of a page. WeChat writes that of a scanned code into the scene, percent-encoded. */
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

/** How a code is typed: in either case, with or without its hyphen. */
export const codeFormat = {
  clean: (raw: string) => raw.replace(/[^A-Za-z]/g, '').toUpperCase(),
  groups: [codeLength / 2, codeLength / 2],
  limit: codeLength,
}

/** Returns the text that says why a code is certainly mistyped. */
export function codeError(code: string): 'codeLength' | 'codeLetters' | undefined {
  if (code.length !== codeLength) return 'codeLength'
  return [...code].every((letter) => letters.includes(letter)) ? undefined : 'codeLetters'
}
