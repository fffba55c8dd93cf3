import { Box, Button } from '@base'
import { loadAuthority } from '../app/authority'
import { useTranslation } from '../app/hooks'
import { loadFailures } from '../app/problems'
import { refresh } from '../app/session'
import { getState, setState, useAppState } from '../app/store'
import { translated } from '../journey/failure'
import { type Language, languages } from '../strings/table'

const names: Record<Language, string> = { 'zh-Hans': '简', 'zh-Hant': '繁', en: 'English' }
const spoken: Record<Language, string> = { 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文', en: 'English' }

/** Sets the language and the type size. */
export function Settings() {
  const { language, elder } = useAppState()
  const t = useTranslation()
  return (
    <Box as="nav" className="settings" label={t('language')}>
      {languages
        .filter((other) => other !== language)
        .map((other) => (
          <Button key={other} kind="quiet" label={spoken[other]} onPress={() => choose(other)}>
            {names[other]}
          </Button>
        ))}
      <Button kind="quiet" onPress={() => setState({ elder: !elder })}>
        {t(elder ? 'elderOff' : 'elderOn')}
      </Button>
    </Box>
  )
}

function choose(language: Language): void {
  setState({ language })
  // Texts of the server are still in the previous language. Without a network they stay in it.
  refresh().catch(() => undefined)
  void loadAuthority()
  void loadFailures().then(() => {
    const { failures, blocked } = getState()
    if (blocked) setState({ blocked: { ...blocked, failure: translated(failures, blocked.failure) } })
  })
}
