import { Box, Button, Checkbox, Details } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import type { Notice } from '../api/types'
import { useLoad, useTask, useTranslation } from '../app/hooks'
import { optionalNotice } from '../app/optional-notice'
import { checkOwner, type OwnerAnswer } from '../app/owner'
import { useAppState } from '../app/store'
import { NoticeParts } from './notice-parts'
import { Remedies } from './remedies'

/** Offers to check that the account is the person's own. The person may go on whatever the result. */
export function OwnerOffer() {
  const { draft, session } = useAppState()
  const t = useTranslation()
  const [answer, setAnswer] = useState<OwnerAnswer>()
  const request = platform.requestOwnerCode
  if (answer?.result === 'matches' && draft.prefilled) {
    return (
      <Box as="status" className="panel info">
        {t('ownerMatches')}
      </Box>
    )
  }
  if (!request || !session?.owner_check || draft.prefilled) return null
  const ask = async (notice: Notice) => {
    setAnswer(undefined)
    setAnswer(await checkOwner(request, notice))
  }
  return <Offer answer={answer} channel={session.channel} ask={ask} />
}

interface OfferProps {
  answer: OwnerAnswer | undefined
  channel: string
  ask: (notice: Notice) => Promise<void>
}

/** The notice that names who compares, with a box that is not ticked, and the result of an earlier check. */
function Offer({ answer, channel, ask }: OfferProps) {
  const { language } = useAppState()
  const t = useTranslation()
  const task = useTask()
  const [agreed, setAgreed] = useState(false)
  const { data: notice } = useLoad(() => optionalNotice('owner_check', channel), language)
  if (!notice) return null
  return (
    <Box as="section" className="panel" label={t('ownerTitle')}>
      <Box className="strong">{t('ownerTitle')}</Box>
      <Box className="small">{t('ownerLead')}</Box>
      <Box lang={notice.language}>
        <Details summary={t('readAll')}>
          <NoticeParts notice={notice} />
        </Details>
        <Checkbox checked={agreed} onChange={setAgreed}>
          {notice.statement}
        </Checkbox>
      </Box>
      {answer?.result === 'differs' && (
        <Box as="alert" className="panel danger">
          <Box className="strong">{answer.failure.prompt}</Box>
          <Box>{answer.failure.cause}</Box>
          <Remedies failure={answer.failure} />
        </Box>
      )}
      {(task.error !== undefined || (answer && answer.result !== 'differs')) && (
        <Box as="status" className="panel info">
          {t(answer?.result === 'declined' ? 'ownerDeclined' : 'ownerUnknown')}
        </Box>
      )}
      <Button busy={task.busy} disabled={!agreed} onPress={() => task.run(() => ask(notice))}>
        {t('ownerCheck')}
      </Button>
    </Box>
  )
}
