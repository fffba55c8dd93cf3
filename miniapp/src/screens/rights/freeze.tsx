import { Box, Button, Checkbox } from '@base'
import { useState } from 'react'
import { problemCode } from '../../api/errors'
import { api } from '../../app/client'
import { useRoute, useTask, useTranslation } from '../../app/hooks'
import { goBack, replace } from '../../app/navigation'
import { refresh } from '../../app/session'
import { setState } from '../../app/store'
import { ErrorBox } from '../../components/error'
import { Page } from '../../components/page'
import { useRightsTexts } from './texts'

/** 冻结我的号码: what a freeze stops and how it is lifted; then one deliberate tap. */
export function Freeze() {
  const route = useRoute()
  const t = useTranslation()
  const r = useRightsTexts()
  const task = useTask()
  const [understood, setUnderstood] = useState(false)
  const freeze = async () => {
    try {
      await api.freeze()
    } catch (error) {
      // The answer to an earlier call may have been lost, and the access has ended with it.
      if (problemCode(error) !== 'access_required' || (await api.freezes()).data.freezes.length === 0) throw error
    }
    setState({ verification: undefined, attempt: undefined, todo: undefined })
    await refresh() // the access has ended
    replace({ screen: 'frozen' })
  }
  return (
    <Page title={r('freezeTitle')} lead={r('freezeLead')} steps={false}>
      <Box className="panel">{r('freezeStops')}</Box>
      <Box className="panel">{r('freezeLift')}</Box>
      <Checkbox checked={understood} onChange={setUnderstood}>
        {r('freezeUnderstood')}
      </Checkbox>
      <ErrorBox task={task} />
      <Button kind="danger" busy={task.busy} disabled={!understood} onPress={() => task.run(freeze)}>
        {r('freezeSubmit')}
      </Button>
      <Button onPress={() => goBack(route)}>{t('cancel')}</Button>
    </Page>
  )
}
