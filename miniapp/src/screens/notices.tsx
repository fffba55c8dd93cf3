import { Box, Button, Checkbox, Details } from '@base'
import { useState } from 'react'
import { ProblemError } from '../api/errors'
import type { Notice, Problem } from '../api/types'
import { api } from '../app/client'
import { useLoad, useRoute, useTask, useTranslation } from '../app/hooks'
import { replace } from '../app/navigation'
import { refresh } from '../app/session'
import { getState, useAppState } from '../app/store'
import { ErrorBox, Loading } from '../components/error'
import { NoticeParts } from '../components/notice-parts'
import { Page } from '../components/page'
import { routeOf } from '../journey/next'

/** The notices that require consent, one by one. Notices with a valid consent are not shown again. */
export function Notices() {
  const route = useRoute()
  const { language } = useAppState()
  const t = useTranslation()
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [changed, setChanged] = useState<Problem>() // set if the notices have changed since they were shown
  const { data, task, reload } = useLoad(async () => {
    const due = await dueNotices(route.purpose ?? 'access')
    if (due.length === 0) await goOn()
    return due
  }, language)
  const accept = useTask()

  const goOn = async () => {
    const { verification } = getState()
    if (verification?.consents_missing?.length) {
      await refresh()
      const now = getState().verification
      if (now && !now.consents_missing?.length) return replace(routeOf(now))
    }
    replace({ screen: 'identity', purpose: route.purpose, id: route.id })
  }
  const agree = async () => {
    setChanged(undefined)
    try {
      await api.accept({ notices: (data ?? []).map(({ id, version, hash }) => ({ id, version, hash })) })
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'notice_stale') throw error
      setChanged(error.problem)
      setTicked([])
      reload()
      return
    }
    await goOn()
  }
  const all = data !== undefined && data.length > 0 && data.every(({ id }) => ticked.includes(id))
  return (
    <Page title={t('noticesTitle')} lead={t('noticesLead')}>
      {!data?.length && <Loading task={task} />}
      {data?.map((notice) => (
        <NoticeBox
          key={`${notice.id} ${notice.hash}`}
          notice={notice}
          ticked={ticked.includes(notice.id)}
          onChange={(on) => setTicked((now) => (on ? [...now, notice.id] : now.filter((id) => id !== notice.id)))}
        />
      ))}
      {changed && (
        <Box as="alert" className="panel info">
          <Box className="strong">{changed.title}</Box>
          <Box>{changed.detail}</Box>
        </Box>
      )}
      <ErrorBox task={accept} />
      {data && !all && <Box className="small">{t('tickAll')}</Box>}
      <Button kind="primary" busy={accept.busy} disabled={!all} onPress={() => accept.run(agree)}>
        {t('agreeNext')}
      </Button>
    </Page>
  )
}

function NoticeBox({ notice, ticked, onChange }: { notice: Notice; ticked: boolean; onChange: (on: boolean) => void }) {
  const t = useTranslation()
  return (
    <Box as="section" className="panel" label={notice.title} lang={notice.language}>
      <Box className="strong">{notice.title}</Box>
      <Details summary={t('readAll')}>
        <NoticeParts notice={notice} />
      </Details>
      <Checkbox checked={ticked} onChange={onChange}>
        {notice.statement}
      </Checkbox>
    </Box>
  )
}

async function dueNotices(purpose: 'access' | 'confirm'): Promise<Notice[]> {
  const { draft, session, verification } = getState()
  const documentType = purpose === 'confirm' ? session?.access?.document.type : draft.type
  const missing =
    (verification?.purpose === 'confirm') === (purpose === 'confirm')
      ? verification?.consents_missing?.map(({ id }) => id)
      : undefined
  const [{ data: shown }, { data: given }] = await Promise.all([
    api.notices({ purpose, channel: session?.channel ?? 'web', document_type: documentType ?? draft.type }),
    api.consents(),
  ])
  const agreed = (n: Notice) => given.consents.some((c) => c.notice_id === n.id && c.version === n.version)
  // The server's list of missing consents takes precedence, because a consent may have ended since.
  return shown.notices.filter((n) => (missing?.length ? missing.includes(n.id) : !agreed(n)))
}
