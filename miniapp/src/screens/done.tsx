import { Box, Button } from '@base'
import { api } from '../app/client'
import { useLoad, useRoute, useTranslation } from '../app/hooks'
import { popTo, push } from '../app/navigation'
import { useAppState } from '../app/store'
import { Loading } from '../components/error'
import { Page } from '../components/page'
import { RecordRows } from '../components/record-rows'
import { Reminder } from '../components/reminder'

/** The lead by kind of answer. Other kinds are described by the rows alone. */
const leads: Record<string, 'doneConfirmed' | 'doneRefused' | undefined> = { yes: 'doneConfirmed', no: 'doneRefused' }

/** S10 完成核验, and 答复已提交 after a refusal. */
export function Done() {
  const { id = '' } = useRoute()
  const t = useTranslation()
  const { data: answer, task } = useLoad(async () => (await api.confirmation(id)).data, id)
  const toList = () => popTo({ screen: 'list' })
  if (!answer)
    return (
      <Page title={t('doneTitle')} onBack={toList}>
        <Loading task={task} />
      </Page>
    )
  const refused = answer.kind === 'no'
  const lead = leads[answer.kind]
  return (
    <Page title={t(refused ? 'refusedTitle' : 'doneTitle')} lead={lead && t(lead)} steps={!refused} onBack={toList}>
      <RecordRows answer={answer} />
      {refused && <ServiceWindow />}
      <Button kind="primary" onPress={toList}>
        {t('backToList')}
      </Button>
      <Button onPress={() => push({ screen: 'record', id })}>{t('showReceipt')}</Button>
      <Reminder />
    </Page>
  )
}

/** Shows the service window. Shows nothing until it is loaded, because the screen is complete without it. */
function ServiceWindow() {
  const { language } = useAppState()
  const t = useTranslation()
  const { data } = useLoad(async () => (await api.support()).data, language)
  if (!data) return null
  return (
    <Box className="panel">
      <Box className="strong">{t('window')}</Box>
      <Box>{data.service_window}</Box>
    </Box>
  )
}
