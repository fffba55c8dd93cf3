import { Box, Button } from '@base'
import { useState } from 'react'
import type { Confirmation } from '../api/types'
import { api } from '../app/client'
import { useLoad, useTask, useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { push } from '../app/navigation'
import { useAppState } from '../app/store'
import { ErrorBox, Loading } from '../components/error'
import { Page } from '../components/page'
import { RecordRows } from '../components/record-rows'
import { Rows } from '../components/rows'
import { formatBeijing } from '../journey/time'

/** 我的记录: the person's answers, newest first. Without access only those of this session, masked. */
export function Records() {
  const { session } = useAppState()
  return session?.answers_listed && !session.access ? <SessionRecords /> : <AllRecords />
}

function SessionRecords() {
  const t = useTranslation()
  const { data, task } = useLoad(async () => (await api.sessionAnswers()).data.answers, '')
  return (
    <Page title={t('recordsTitle')} lead={t('recordsOfSession')}>
      {!data && <Loading task={task} />}
      {data?.length === 0 && <Box className="panel">{t('recordsEmpty')}</Box>}
      {data?.map((answer) => (
        <Rows
          key={answer.answered_at}
          rows={[
            { label: t('decision'), value: labelOf(answer.decision, t) },
            { label: t('enterprise'), value: answer.enterprise_name_masked },
            { label: t('business'), value: labelOf(answer.business_kind, t) },
            { label: t('answeredAt'), value: formatBeijing(answer.answered_at) },
          ]}
        />
      ))}
      <Button kind="primary" onPress={() => push({ screen: 'entry' })}>
        {t('verifyAgain')}
      </Button>
    </Page>
  )
}

function AllRecords() {
  const t = useTranslation()
  const more = useTask()
  const [rest, setRest] = useState<{ rows: Confirmation[]; next: string | undefined }>()
  const { data, task } = useLoad(async () => (await api.confirmations()).data, '')
  const rows = [...(data?.confirmations ?? []), ...(rest?.rows ?? [])]
  const next = rest ? rest.next : data?.next_cursor
  const load = async () => {
    const { data: page } = await api.confirmations(next)
    setRest({ rows: [...(rest?.rows ?? []), ...page.confirmations], next: page.next_cursor })
  }
  return (
    <Page title={t('recordsTitle')}>
      {!data && <Loading task={task} />}
      {data && rows.length === 0 && <Box className="panel">{t('recordsEmpty')}</Box>}
      {rows.map((answer) => (
        <Box key={answer.id}>
          <RecordRows answer={answer} />
          <Button
            label={`${t('receipt')} ${answer.enterprise_name}`}
            onPress={() => push({ screen: 'record', id: answer.id })}
          >
            {t('receipt')}
          </Button>
        </Box>
      ))}
      <ErrorBox task={more} />
      {next && (
        <Button busy={more.busy} onPress={() => more.run(load)}>
          {t('more')}
        </Button>
      )}
    </Page>
  )
}
