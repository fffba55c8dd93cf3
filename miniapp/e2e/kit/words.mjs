// The client's own words, read from its sources, so that no text stands in two places.
import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../../src/strings/', import.meta.url)

export const languages = ['zh-Hans', 'zh-Hant', 'en']

const strings = Object.assign(
  {},
  ...readdirSync(folder)
    .filter((name) => !/^(index|table)\./.test(name))
    .map(read),
)

/** Reads one table: it is plain JavaScript but for its first and last words. */
function read(name) {
  const source = readFileSync(new URL(name, folder), 'utf8')
    .replace(/^import .*$/gm, '')
    .replace(/export const \w+ =/, 'return')
    .replace(/} as const/, '}')
  return new Function('text', source)((hans, hant, en) => ({ 'zh-Hans': hans, 'zh-Hant': hant, en }))
}

/** Gives a text in a language, with its values filled in. */
export function say(language, key, values = {}) {
  if (!strings[key]) throw new Error(`the client has no text ${key}`)
  return strings[key][language].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))
}
