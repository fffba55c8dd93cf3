// The sample persons of docs/sandbox.md. Nobody is behind them.
import { readFileSync } from 'node:fs'

const page = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8')

/** The listed persons, by the two digits of their fate. */
const listed = new Map()
for (const line of page.split('\n')) {
  const cells = line.split('|').map((cell) => cell.trim())
  const fate = /^`sandbox-(\d\d)-0`$/.exec(cells[2] ?? '')?.[1]
  if (!fate || cells.length < 9) continue
  const [, name, , number, card, phone] = cells
  listed.set(fate, {
    fate,
    openID: `sandbox-${fate}-0`,
    name,
    number: childNumber(number) ?? number,
    card,
    phone,
    story: cells[7],
  })
}

/** The person whom docs/sandbox.md lists for a fate; each test that uses one has a world of its own. */
export function sample(fate) {
  const person = listed.get(fate)
  if (!person) throw new Error(`docs/sandbox.md lists nobody of fate ${fate}`)
  return person
}

export const fates = () => [...listed.keys()]

// In a sample case the person with the next serial signs too, so serials leave gaps.
const gap = 3
let last = 0

/** A grown-up of a fate whom nobody has met yet in this world. */
export function somebody(fate = '01') {
  last += gap
  const serial = last
  if (serial > 990) throw new Error('no serials are left on the first day of birth')
  const body = `1199${fate}19700101${String(serial + 1).padStart(3, '0')}`
  const { name, story } = sample(fate)
  return {
    fate,
    openID: `sandbox-${fate}-${serial}`,
    name: name.replace(/例$/, syllable(serial)),
    number: body + checkOf(body),
    story,
    card: cardOf(fate, serial),
    phone: `199${fate}${String(serial).padStart(6, '0')}`,
  }
}

/** One who passes with a passport. */
export function traveller() {
  last += gap
  const serial = last
  return {
    openID: `sandbox-01-${serial}-passport`,
    name: `林·海外${syllable(serial)}`,
    number: `E01${String(serial).padStart(6, '0')}`,
  }
}

/** Children are of their age today: the page says how, not which number. */
function childNumber(text) {
  const found = /^(\d{6}), then 1 January (\d+) years ago, (\d{3})$/.exec(text)
  if (!found) return undefined
  const body = `${found[1]}${new Date().getUTCFullYear() - Number(found[2])}0101${found[3]}`
  return body + checkOf(body)
}

/** What names end in, one after the other. */
function syllable(serial) {
  const syllables = [...'例本板式书图表文章句行页卷册篇集题目次序号码点线面体尺规笔墨纸砚']
  return syllables[serial % syllables.length]
}

/** The check character of a resident ID number, ISO 7064 MOD 11-2. */
function checkOf(body) {
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0)
  return '10X98765432'[sum % 11]
}

/** The card of no bank: Luhn's digit is the last. */
function cardOf(fate, serial) {
  const body = `629999${fate}${String(serial).padStart(10, '0')}`
  const sum = [...body].reverse().reduce((total, char, at) => {
    const digit = Number(char) * (at % 2 === 0 ? 2 : 1)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
  return body + ((10 - (sum % 10)) % 10)
}
