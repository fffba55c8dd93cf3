import { Box } from '@base'
import type { Todo } from '../api/types'
import { useTranslation } from '../app/hooks'

/** What happens after an answer, and how many answers the case still waits for. It names nobody. */
export function NextSteps({ progress, finished }: { progress: Todo['progress'] | undefined; finished: boolean }) {
  const t = useTranslation()
  return (
    <Box as="section" className="panel info" label={t('nextTitle')}>
      <Box className="strong">{t('nextTitle')}</Box>
      {progress && (
        <Box>
          {t(progress.waiting > 0 ? 'nextWaiting' : 'nextComplete', { n: progress.signers, left: progress.waiting })}
        </Box>
      )}
      <Box>{t(progress?.waiting === 0 ? 'nextGoesOn' : 'nextLater')}</Box>
      {finished && <Box>{t('nextNothing')}</Box>}
    </Box>
  )
}
