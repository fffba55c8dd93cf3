import { Box, Text } from '@base'
import { useTranslation } from '../app/hooks'
import type { Key } from '../strings'
import { Icon, type IconName } from './icon'
import { WindowInstead } from './window-instead'

const needs: readonly { icon: IconName; key: Key }[] = [
  { icon: 'document', key: 'needDocument' },
  { icon: 'camera', key: 'needCamera' },
  { icon: 'card', key: 'needCard' },
  { icon: 'pen', key: 'needSignature' },
  { icon: 'time', key: 'needTime' },
  { icon: 'free', key: 'needNoMoney' },
]

/** What is needed before the person begins, how long it takes, and that nothing is charged. */
export function Needs() {
  const t = useTranslation()
  return (
    <Box as="section" className="panel" label={t('needsTitle')}>
      <Box className="strong">{t('needsTitle')}</Box>
      <Box as="list" className="needs">
        {needs.map(({ icon, key }) => (
          <Box as="item" key={key} className="need">
            <Icon name={icon} />
            <Text>{t(key)}</Text>
          </Box>
        ))}
      </Box>
      <WindowInstead />
    </Box>
  )
}
