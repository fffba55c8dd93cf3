import { Box, Button, Picture } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import { ProblemError } from '../api/errors'
import { api } from '../app/client'
import { useLoad, useTask, useTranslation } from '../app/hooks'
import { Loading } from './error'

/**
 * Shows the QR code of a ticket, or the general one. A phone cannot scan its own screen, but WeChat reads codes from the album.
 * If there is no code, the screen shows the rest of the help without it.
 */
export function SupportCode({ ticket }: { ticket: string | undefined }) {
  const t = useTranslation()
  const save = useTask()
  const [saved, setSaved] = useState<'saved' | 'saveFailed'>()
  const { data: qr, task } = useLoad(() => pictureOf(ticket), ticket ?? '')
  if (qr === 'none') return null
  if (qr === undefined) return <Loading task={task} />
  // Saving fails because of the device's settings. The person can still save the picture in other ways.
  const keep = () =>
    platform.savePicture(qr, 'support.png').then(
      () => setSaved('saved'),
      () => setSaved('saveFailed'),
    )
  return (
    <Box className="panel center">
      <Picture className="qr" src={qr} alt={t('qrAlt')} />
      <Box className="small">{t('supportAlbum')}</Box>
      <Box as="status" className="small">
        {saved && t(saved)}
      </Box>
      <Button kind="primary" onPress={() => save.run(keep)}>
        {t('saveQR')}
      </Button>
    </Box>
  )
}

async function pictureOf(ticket: string | undefined): Promise<string> {
  try {
    return await (ticket === undefined ? api.supportQR() : api.ticketQR(ticket))
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code === 'session_required') throw error
    return 'none' // no code was created, or WeChat is not available
  }
}
