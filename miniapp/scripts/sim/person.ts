// New persons of the sandbox who pass every check; docs/sandbox.md describes how they are made.
const fate = '01'

// Every thirty-second person has the name of the first. There are 999 of them on the first day of birth.
const sameName = 32
const persons = Math.floor(999 / sameName)

// A run starts at a random person, because the server may know those of an earlier run. Within a run nobody is used twice.
let next = Math.floor(Math.random() * (persons - 1))

/** The document of a person, as it is entered. */
export interface Traveller {
  openId: string
  name: string
  number: string
}

export interface Person extends Traveller {
  card: string
  phone: string
}

export function newcomer(): Person {
  const serial = sameName * (1 + (next++ % (persons - 1)))
  const born = `1199${fate}19700101${String(serial + 1).padStart(3, '0')}`
  const card = `629999${fate}${String(serial).padStart(10, '0')}`
  return {
    openId: `sandbox-${fate}-${serial}`,
    name: '李样例',
    number: born + checkCharacter(born),
    card: card + luhn(card),
    phone: `199${fate}${String(serial).padStart(6, '0')}`,
  }
}

/** Returns a person who passes with a passport. Passports have serial numbers of their own. */
export function traveller(): Traveller {
  const serial = sameName * (1 + (next++ % (persons - 1)))
  return {
    openId: `sandbox-${fate}-${serial}-passport`,
    name: '林·海外例',
    number: `E${fate}${String(serial).padStart(6, '0')}`,
  }
}

/** ISO 7064 MOD 11-2, as on resident ID cards. */
function checkCharacter(body: string): string {
  return '10X98765432'.charAt(sum(body, (digit, at) => digit * (2 ** (body.length - at) % 11)) % 11)
}

/** The last digit of a bank card. */
function luhn(body: string): string {
  const doubled = sum(body, (digit, at) => {
    const weighed = digit * (at % 2 === body.length % 2 ? 1 : 2)
    return weighed > 9 ? weighed - 9 : weighed
  })
  return String((10 - (doubled % 10)) % 10)
}

function sum(body: string, weigh: (digit: number, at: number) => number): number {
  return [...body].reduce((total, digit, at) => total + weigh(Number(digit), at), 0)
}
