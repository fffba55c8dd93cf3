import { Button } from '@base'
import type { Verification } from '../api/types'
import { api } from '../app/client'
import { useTask, useWords } from '../app/hooks'
import { follow } from '../app/nav'
import { change, keep } from '../app/store'
import { emptyCard } from '../journey/card'
import { start } from '../journey/next'
import { ErrorBox } from './error'

/** Ends what is under way and leads to where it began: 暂不认证, 重新录入, 取消. */
export function Leave({
  verification,
  name = 'notNow',
}: {
  verification: Verification | undefined
  name?: 'notNow' | 'startOver' | 'cancel'
}) {
  const say = useWords()
  const task = useTask()
  if (!verification) return null
  const leave = async () => {
    await api.voidVerification(verification.id)
    keep('attempt', undefined)
    change({ verification: undefined, attempt: undefined, trouble: undefined, card: emptyCard })
    follow(start(verification))
  }
  return (
    <>
      <ErrorBox task={task} />
      <Button busy={task.busy} onPress={() => task.run(leave)}>
        {say(name)}
      </Button>
    </>
  )
}
