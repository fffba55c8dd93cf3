import { Box, Button, Checkbox, Details } from '@base'
import { useState } from 'react'
import type { Notice } from '../api/types'
import { useLoad, useTask, useTranslation } from '../app/hooks'
import { optionalNotice } from '../app/optional-notice'
import { forget, remember, sameDocument } from '../app/remembered'
import { useAppState } from '../app/store'
import { formatBeijing } from '../journey/time'
import { ErrorBox } from './error'
import { NoticeParts } from './notice-parts'

/** Offers to remember the document that was verified. The switch is off until the person turns it on. */
export function Remember() {
  const { language, session } = useAppState()
  const t = useTranslation()
  const task = useTask()
  const [on, setOn] = useState(false)
  const [forgotten, setForgotten] = useState(false)
  const channel = session?.channel ?? 'web'
  const { data: notice } = useLoad(() => optionalNotice('remember', channel), language)
  const { access, remembered } = session ?? {}
  const isOwn = remembered && access && sameDocument(remembered.document, access.document)
  if (!remembered && !(notice && access)) return null
  const turnOn = async (shown: Notice) => {
    setOn(true)
    try {
      await remember(shown)
    } finally {
      setOn(false)
    }
  }
  const forgetDocument = async () => {
    await forget()
    setForgotten(true)
  }
  return (
    <Box as="section" className="panel" label={t('rememberTitle')} lang={isOwn ? undefined : notice?.language}>
      <Box className="strong">{t('rememberTitle')}</Box>
      {notice && access && !isOwn && (
        <>
          <Details summary={t('readAll')}>
            <NoticeParts notice={notice} />
          </Details>
          <Checkbox checked={on} onChange={(ticked) => ticked && task.run(() => turnOn(notice))}>
            {notice.statement}
          </Checkbox>
        </>
      )}
      <ErrorBox task={task} />
      <Box as="status">{forgotten && !remembered && t('forgotten')}</Box>
      {remembered && (
        <>
          <Box>
            {t('rememberedUntil', {
              name: remembered.document.name_masked,
              time: formatBeijing(remembered.until),
            })}
          </Box>
          <Button kind="quiet" busy={task.busy} onPress={() => task.run(forgetDocument)}>
            {t('forget')}
          </Button>
        </>
      )}
    </Box>
  )
}
