/** The languages that server and client speak. */
export const languages = ['zh-Hans', 'zh-Hant', 'en'] as const

export type Language = (typeof languages)[number]

/** One text in every language: leaving one out does not compile. */
export type Text = Readonly<Record<Language, string>>

/** Gives a text in three languages; a table of these is what the screens read. */
export const text = (hans: string, hant: string, en: string): Text => ({ 'zh-Hans': hans, 'zh-Hant': hant, en })

/** The language that fits a device best; Taiwan, Hong Kong and Macau read traditional characters. */
export function languageOf(tags: readonly string[]): Language {
  for (const tag of tags) {
    if (/^zh-(hant|tw|hk|mo)/i.test(tag)) return 'zh-Hant'
    if (/^zh/i.test(tag)) return 'zh-Hans'
    if (/^en/i.test(tag)) return 'en'
  }
  return tags.length > 0 ? 'en' : 'zh-Hans'
}
