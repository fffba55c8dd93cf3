import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isKey, type Key, strings, translate } from '../src/strings'
import { languageOf, languages } from '../src/strings/table'

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([match]) => match).sort()

const notices = JSON.parse(
  readFileSync(new URL('../../verification/notice/notices.json', import.meta.url), 'utf8'),
) as unknown

/** Returns every kind of notice of the server. */
function kindsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'kind' in value && typeof value.kind === 'string' ? [value.kind] : []
  return [...own, ...Object.values(value).flatMap(kindsIn)]
}

describe('consents', () => {
  it('have a name for each kind of notice', () => {
    const kinds = [...new Set(kindsIn(notices))]
    expect(kinds).toContain('document')
    for (const kind of kinds) expect(isKey(`kind_${kind}`), kind).toBe(true)
  })
})

describe('strings', () => {
  it('has every text in every language, with the same places for values', () => {
    for (const [key, text] of Object.entries(strings)) {
      for (const language of languages) {
        expect(text[language].trim(), `${key} in ${language}`).not.toBe('')
        expect(places(text[language]), `${key} in ${language}`).toEqual(places(text['zh-Hans']))
      }
      expect(/[\u4e00-\u9fff]/.test(text.en.replace('长期', '')), `${key} in English has no Chinese`).toBe(false)
    }
  })

  it('uses one word for personal data and information in traditional characters', () => {
    for (const [key, text] of Object.entries(strings)) expect(text['zh-Hant'], key).not.toMatch(/信息|資訊/)
  })

  it('defines each key in one file only', async () => {
    const parts = await Promise.all(
      [
        'entry',
        'consents',
        'checks',
        'failure',
        'forms',
        'todos',
        'signature',
        'records',
        'support',
        'controls',
        'steps',
      ].map((name) => import(`../src/strings/${name}.ts`)),
    )
    const keys = parts.flatMap((part) =>
      Object.values(part as Record<string, object>).flatMap((table) => Object.keys(table)),
    )
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('fills in values', () => {
    expect(translate('en', 'triesLeft' satisfies Key, { n: 2 })).toBe('Tries left: 2')
  })
})

describe('languageOf', () => {
  it.each([
    [['zh-CN'], 'zh-Hans'],
    [['zh-HK', 'en'], 'zh-Hant'],
    [['zh-Hant-TW'], 'zh-Hant'],
    [['en-GB', 'zh'], 'en'],
    [['de', 'zh-CN'], 'zh-Hans'],
    [['fr'], 'en'],
    [[], 'zh-Hans'],
  ])('%s', (tags, language) => {
    expect(languageOf(tags)).toBe(language)
  })
})
