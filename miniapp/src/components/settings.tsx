import { Box, Button } from '@base'
import { useWords } from '../app/hooks'
import { refresh } from '../app/session'
import { change, current, useApp } from '../app/store'
import { loadFailures } from '../app/trouble'
import { inWordsOf } from '../journey/advice'
import { type Language, languages } from '../strings/table'

const names: Record<Language, string> = { 'zh-Hans': '简', 'zh-Hant': '繁', en: 'English' }
const spoken: Record<Language, string> = { 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文', en: 'English' }

/** How the person wants to read: language and size. */
export function Settings() {
  const { language, elder } = useApp()
  const say = useWords()
  return (
    <Box as="nav" className="settings" label={say('language')}>
      {languages
        .filter((other) => other !== language)
        .map((other) => (
          <Button key={other} kind="quiet" label={spoken[other]} onPress={() => choose(other)}>
            {names[other]}
          </Button>
        ))}
      <Button kind="quiet" onPress={() => change({ elder: !elder })}>
        {say(elder ? 'elderOff' : 'elderOn')}
      </Button>
    </Box>
  )
}

function choose(language: Language): void {
  change({ language })
  // What the server said stands in the language of before. Without a network it stays so.
  refresh().catch(() => undefined)
  void loadFailures().then(() => {
    const { failures, trouble } = current()
    if (trouble) change({ trouble: { ...trouble, failure: inWordsOf(failures, trouble.failure) } })
  })
}
