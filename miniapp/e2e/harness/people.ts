// The sample persons of docs/sandbox.md. None of them is a real person.
import { readFileSync } from 'node:fs'

const page = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8')

/** The document of a person, as it is entered. */
export interface Traveller {
  openID: string
  name: string
  number: string
}

export interface Person extends Traveller {
  fate: string
  card: string
  phone: string
  story: string
}

/** The listed persons by the two digits of their fate. */
const listed = new Map<string, Person>()
for (const line of page.split('\n')) {
  const cells = line.split('|').map((cell) => cell.trim())
  const [, name = '', openID = '', number = '', card = '', phone = '', , story = ''] = cells
  const fate = /^`sandbox-(\d\d)-0`$/.exec(openID)?.[1]
  if (!fate || cells.length < 9) continue
  listed.set(fate, {
    fate,
    openID: `sandbox-${fate}-0`,
    name,
    number: childNumber(number) ?? number,
    card,
    phone,
    story,
  })
}

/** Returns the person whom docs/sandbox.md lists for a fate. Each test file has a sandbox of its own. */
export function sample(fate: string): Person {
  const person = listed.get(fate)
  if (!person) throw new Error(`docs/sandbox.md lists nobody of fate ${fate}`)
  return person
}

export const fates = () => [...listed.keys()]

// In a sample case the person with the next serial number signs too, so serial numbers leave gaps.
const gap = 3
let last = 0

/** Returns an adult of a fate who is new to this sandbox. */
export function somebody(fate = '01'): Person {
  last += gap
  const serial = last
  if (serial > 990) throw new Error('no serial numbers are left on the first day of birth')
  const body = `1199${fate}19700101${String(serial + 1).padStart(3, '0')}`
  const { name, story } = sample(fate)
  return {
    fate,
    openID: `sandbox-${fate}-${serial}`,
    name: name.replace(/例$/, syllable(serial)),
    number: body + checkCharacter(body),
    story,
    card: cardOf(fate, serial),
    phone: `199${fate}${String(serial).padStart(6, '0')}`,
  }
}

/** Returns a person who passes with a passport. */
export function traveller(): Traveller {
  last += gap
  const serial = last
  return {
    openID: `sandbox-01-${serial}-passport`,
    name: `林·海外${syllable(serial)}`,
    number: `E01${String(serial).padStart(6, '0')}`,
  }
}

/** Children are always of the same age: the page describes their number instead of listing it. */
function childNumber(text: string): string | undefined {
  const [, region, age, serial] = /^(\d{6}), then 1 January (\d+) years ago, (\d{3})$/.exec(text) ?? []
  if (!region || !age || !serial) return undefined
  const body = `${region}${new Date().getUTCFullYear() - Number(age)}0101${serial}`
  return body + checkCharacter(body)
}

/** The last syllable of a name, which differs from person to person. */
function syllable(serial: number): string {
  const syllables = [...'例本板式书图表文章句行页卷册篇集题目次序号码点线面体尺规笔墨纸砚']
  return syllables[serial % syllables.length] ?? ''
}

/** The check character of a resident ID number, ISO 7064 MOD 11-2. */
function checkCharacter(body: string): string {
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0)
  return '10X98765432'.charAt(sum % 11)
}

/** Returns a card number of no bank. The last digit is Luhn's. */
function cardOf(fate: string, serial: number): string {
  const body = `629999${fate}${String(serial).padStart(10, '0')}`
  const sum = [...body].reverse().reduce((total, char, at) => {
    const digit = Number(char) * (at % 2 === 0 ? 2 : 1)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
  return body + ((10 - (sum % 10)) % 10)
}
