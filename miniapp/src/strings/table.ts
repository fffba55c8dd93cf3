/** The languages of server and client. */
export const languages = ['zh-Hans', 'zh-Hant', 'en'] as const

export type Language = (typeof languages)[number]

/** One text in every language. A missing language does not compile. */
export type Text = Readonly<Record<Language, string>>

/** Returns a text in three languages. */
export const text = (hans: string, hant: string, en: string): Text => ({ 'zh-Hans': hans, 'zh-Hant': hant, en })

/** Returns the language that fits a device best. Taiwan, Hong Kong and Macau use traditional characters. */
export function languageOf(tags: readonly string[]): Language {
  for (const tag of tags) {
    if (/^zh-(hant|tw|hk|mo)/i.test(tag)) return 'zh-Hant'
    if (/^zh/i.test(tag)) return 'zh-Hans'
    if (/^en/i.test(tag)) return 'en'
  }
  return tags.length > 0 ? 'en' : 'zh-Hans'
}
