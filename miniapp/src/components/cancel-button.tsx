import { Button } from '@base'
import type { Verification } from '../api/types'
import { api } from '../app/client'
import { useTask, useTranslation } from '../app/hooks'
import { popTo } from '../app/navigation'
import { persist, setState } from '../app/store'
import { emptyCard } from '../journey/bank-card'
import { startRoute } from '../journey/next'
import { ErrorBox } from './error'

/** Voids the verification and returns to where it started: 暂不认证, 重新录入, 取消. */
export function CancelButton({
  verification,
  label = 'notNow',
}: {
  verification: Verification | undefined
  label?: 'notNow' | 'startOver' | 'cancel'
}) {
  const t = useTranslation()
  const task = useTask()
  if (!verification) return null
  const leave = async () => {
    await api.voidVerification(verification.id)
    persist('attempt', undefined)
    setState({ verification: undefined, attempt: undefined, blocked: undefined, cardDraft: emptyCard })
    popTo(startRoute(verification))
  }
  return (
    <>
      <ErrorBox task={task} />
      <Button busy={task.busy} onPress={() => task.run(leave)}>
        {t(label)}
      </Button>
    </>
  )
}
