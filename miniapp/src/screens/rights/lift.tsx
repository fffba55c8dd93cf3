import { Button } from '@base'
import { useState } from 'react'
import { api } from '../../app/client'
import { useTask, useTranslation } from '../../app/hooks'
import { push } from '../../app/navigation'
import { persist, setState, useAppState } from '../../app/store'
import { ErrorBox } from '../../components/error'
import { Page } from '../../components/page'
import { useRightsTexts } from './texts'

/** 解除冻结: the last tap after the checks of a lift have passed. */
export function Lift() {
  const { verification } = useAppState()
  const t = useTranslation()
  const r = useRightsTexts()
  const task = useTask()
  const [lifted, setLifted] = useState(verification?.state === 'consumed')
  const lift = async () => {
    if (verification) await api.liftFreeze(verification.id)
    setLifted(true)
    persist('attempt', undefined)
  }
  const home = () => {
    setState({ verification: undefined, attempt: undefined })
    push({ screen: 'entry' })
  }
  if (lifted)
    return (
      <Page title={r('liftedTitle')} lead={r('liftedLead')} steps={false} mark="success">
        <Button kind="primary" onPress={home}>
          {t('home')}
        </Button>
      </Page>
    )
  return (
    <Page title={r('liftTitle')} lead={r('liftLead')} steps={false}>
      <ErrorBox task={task} />
      <Button kind="primary" busy={task.busy} onPress={() => task.run(lift)}>
        {r('liftSubmit')}
      </Button>
      <Button kind="quiet" onPress={home}>
        {t('home')}
      </Button>
    </Page>
  )
}
