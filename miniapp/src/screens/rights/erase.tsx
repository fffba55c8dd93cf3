import { Box, Button, Checkbox } from '@base'
import { useState } from 'react'
import { problemCode } from '../../api/errors'
import { api } from '../../app/client'
import { useLoad, useRoute, useTask, useTranslation } from '../../app/hooks'
import { goBack, replace } from '../../app/navigation'
import { clearSession } from '../../app/session'
import { ErrorBox, Loading } from '../../components/error'
import { Page } from '../../components/page'
import { Stays } from './stays'
import { useRightsTexts } from './texts'

/** 删除我的信息: what goes, what stays and why; then one deliberate tap. */
export function Erase() {
  const route = useRoute()
  const t = useTranslation()
  const r = useRightsTexts()
  const send = useTask()
  const [understood, setUnderstood] = useState(false)
  const { data, task } = useLoad(async () => (await api.myData()).data, '')
  const erase = async (id: string) => {
    try {
      await api.erase()
    } catch (error) {
      // The answer to an earlier call may have been lost, and the session has ended with it.
      if (problemCode(error) !== 'session_required') throw error
      await api.erasure(id)
    }
    clearSession()
    replace({ screen: 'erased', id })
  }
  if (!data)
    return (
      <Page title={r('eraseTitle')} steps={false}>
        <Loading task={task} />
      </Page>
    )
  const goes = data.holdings.filter(({ on_erasure, count }) => on_erasure === 'erased' && count !== 0)
  return (
    <Page title={r('eraseTitle')} lead={r('eraseLead')} steps={false}>
      <Box as="section" className="panel" label={r('goes')}>
        <Box className="strong">{r('goes')}</Box>
        <Box as="list">
          {goes.map(({ code, title }) => (
            <Box as="item" key={code}>
              {title}
            </Box>
          ))}
        </Box>
      </Box>
      <Stays grounds={data.erasure.stays} />
      <Box className="panel">{r('receiptStays')}</Box>
      <Checkbox checked={understood} onChange={setUnderstood}>
        {r('understood')}
      </Checkbox>
      <ErrorBox task={send} />
      <Button
        kind="danger"
        busy={send.busy}
        disabled={!understood}
        onPress={() => send.run(() => erase(data.erasure.id))}
      >
        {r('eraseSubmit')}
      </Button>
      <Button onPress={() => goBack(route)}>{t('cancel')}</Button>
    </Page>
  )
}
