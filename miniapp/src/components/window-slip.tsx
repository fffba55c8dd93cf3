import { Box, Button } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import type { Failure } from '../api/types'
import { useTask, useTranslation } from '../app/hooks'
import { formatBeijing } from '../journey/time'
import { windowSlipCode, windowSlipText } from '../journey/window-slip'
import { BookOffer } from '../screens/appointment-lazy'
import { ErrorBox } from './error'

/** Shows the slip for the service window. It contains no personal data. On the web it is what the page prints. */
export function WindowSlip({ failure, main = false }: { failure: Failure; main?: boolean }) {
  const t = useTranslation()
  const task = useTask()
  const [now] = useState(() => new Date())
  const [copied, setCopied] = useState(false)
  const code = windowSlipCode(failure)
  if (!code) return null
  const keep = async () => setCopied((await platform.saveText(windowSlipText(failure, t('title'), now))) === 'copied')
  return (
    <>
      <Box as="section" className="panel slip" label={t('slip')}>
        <Box className="strong">{t('slip')}</Box>
        <Box className="print-only">{`${t('title')} · ${failure.prompt}`}</Box>
        <Box>{`${t('slipCode')} ${code}`}</Box>
        <Box className="small">{`${failure.code} · ${formatBeijing(now.toISOString())}`}</Box>
        <ErrorBox task={task} />
        <Box as="status" className="small">
          {copied && t('copied')}
        </Box>
        <Button kind={main ? 'primary' : 'quiet'} onPress={() => task.run(keep)}>
          {t('slipKeep')}
        </Button>
      </Box>
      <BookOffer failure={failure.code} />
    </>
  )
}
