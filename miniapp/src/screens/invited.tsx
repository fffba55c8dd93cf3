import { Box, Button } from '@base'
import { useState } from 'react'
import { ProblemError, problemCode } from '../api/errors'
import { api } from '../app/client'
import { useLoad, useShowCount, useTranslation } from '../app/hooks'
import { popTo, replace } from '../app/navigation'
import { getState, setState } from '../app/store'
import { Loading } from '../components/error'
import { InvitationCode } from '../components/invitation-code'
import { Page } from '../components/page'
import type { Key } from '../strings'

/** Why an invitation may not open a to-do, with the next step for each. The server does not disclose which it is. */
const reasons: readonly Key[] = ['invitedWrong', 'invitedUsed', 'invitedEnded', 'invitedOther']

type Rejection = 'unknown' | 'tooOften'

const rejections: Readonly<Record<string, Rejection>> = {
  not_found: 'unknown',
  body_malformed: 'unknown',
  too_many_requests: 'tooOften',
}

/** Opens the to-do of an invitation, or asks for a code. */
export function InvitedScreen() {
  const t = useTranslation()
  const [rejection, setRejection] = useState<Rejection>()
  const [openedWithout] = useState(() => !getState().invitation)
  const {
    data: needsCode = openedWithout,
    task,
    reload,
  } = useLoad(async () => {
    const { invitation } = getState()
    if (!invitation) return true
    try {
      const { data } = await api.invitation(invitation)
      setState({ invitation: undefined })
      replace({ screen: 'detail', id: data.todo_id })
      return undefined
    } catch (error) {
      const rejected = rejections[problemCode(error) ?? '']
      if (!(error instanceof ProblemError && rejected)) throw error
      setState({ invitation: undefined }) // not to be tried again: each try counts
      setRejection(rejected)
      return true
    }
  }, String(useShowCount()))
  const use = (code: string) => {
    setState({ invitation: code })
    reload()
  }
  return (
    <Page title={t('invitedTitle')}>
      {!needsCode && (task.busy ? <Box as="status">{t('invitedOpening')}</Box> : <Loading task={task} />)}
      {needsCode && rejection && (
        <Box as="alert" className="panel info">
          <Box>{t(rejection === 'unknown' ? 'invitedNothing' : 'invitedOften')}</Box>
          {rejection === 'unknown' && (
            <Box as="list" className="remedies">
              {reasons.map((reason) => (
                <Box as="item" key={reason} className="remedy">
                  {t(reason)}
                </Box>
              ))}
            </Box>
          )}
        </Box>
      )}
      {needsCode && rejection !== 'tooOften' && <InvitationCode busy={task.busy} onCode={use} />}
      {needsCode && (
        <Button kind={rejection ? 'primary' : 'plain'} onPress={() => popTo({ screen: 'list' })}>
          {t('seeTodos')}
        </Button>
      )}
    </Page>
  )
}
