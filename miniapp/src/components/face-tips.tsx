import { Box } from '@base'
import { useTranslation } from '../app/hooks'
import type { Key } from '../strings'
import { Icon, type IconName } from './icon'

const tips: readonly { icon: IconName; key: Key }[] = [
  { icon: 'light', key: 'tipLight' },
  { icon: 'bare', key: 'tipBare' },
  { icon: 'frame', key: 'tipFrame' },
]

/** What helps the face check to pass, in pictures. */
export function FaceTips() {
  const t = useTranslation()
  return (
    <Box as="list" className="tips">
      {tips.map(({ icon, key }) => (
        <Box as="item" key={key} className="tip">
          <Icon name={icon} />
          <Box>{t(key)}</Box>
        </Box>
      ))}
    </Box>
  )
}
