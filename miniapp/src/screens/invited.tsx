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

/** Why an invitation may lead to nothing, with the next step for each. The server does not say which it was. */
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
  const [typed] = useState(() => !getState().invitation) // the code is still to be typed
  const {
    data: asked = typed,
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
      const found = rejections[problemCode(error) ?? '']
      if (!(error instanceof ProblemError && found)) throw error
      setState({ invitation: undefined }) // each try counts
      setRejection(found)
      return true
    }
  }, String(useShowCount()))
  const use = (code: string) => {
    setState({ invitation: code })
    reload()
  }
  return (
    <Page title={t('invitedTitle')}>
      {!asked && (task.busy ? <Box as="status">{t('invitedOpening')}</Box> : <Loading task={task} />)}
      {asked && rejection && (
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
      {asked && rejection !== 'tooOften' && <InvitationCode busy={task.busy} onCode={use} />}
      {asked && (
        <Button kind={rejection ? 'primary' : 'plain'} onPress={() => popTo({ screen: 'list' })}>
          {t('seeTodos')}
        </Button>
      )}
    </Page>
  )
}
