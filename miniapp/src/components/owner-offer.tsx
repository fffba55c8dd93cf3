import { Box, Button } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import { useTask, useTranslation } from '../app/hooks'
import { checkOwner, type OwnerAnswer } from '../app/owner'
import { useAppState } from '../app/store'
import { Remedies } from './remedies'

/** Offers to check that the account is the person's own. The person may go on whatever the result. */
export function OwnerOffer() {
  const { draft, session } = useAppState()
  const t = useTranslation()
  const task = useTask()
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
  const ask = async () => {
    setAnswer(undefined)
    setAnswer(await checkOwner(request))
  }
  return (
    <Box className="offer">
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
      <Button busy={task.busy} onPress={() => task.run(ask)}>
        {t('ownerCheck')}
      </Button>
      <Box className="small">{t('ownerLead')}</Box>
    </Box>
  )
}
