import { Box, Button } from '@base'
import { platform } from '@platform'
import { api } from '../app/client'
import { useTask, useTranslation } from '../app/hooks'
import { goBack } from '../app/navigation'
import { refresh } from '../app/session'
import { getState, setState } from '../app/store'
import { ErrorBox } from '../components/error'
import { Page } from '../components/page'
import { DeclinedError } from '../platform/platform'

/** Asks for permission to use the document of the account. Declining has no disadvantage. */
export function Authorize() {
  const t = useTranslation()
  const task = useTask()
  const byHand = (message: 'declined' | 'prefillAbsent' | undefined) => {
    setState({ message, draft: { ...getState().draft, prefilled: false } })
    goBack({ screen: 'authorize' })
  }
  const allow = async () => {
    const ask = platform.requestIdentityCode
    if (!ask) return byHand('prefillAbsent')
    try {
      const { data } = await api.prefill(await ask())
      if (!data.document) return byHand('prefillAbsent')
    } catch (error) {
      if (error instanceof DeclinedError) return byHand('declined')
      throw error
    }
    await refresh()
    setState({ draft: { ...getState().draft, prefilled: true } })
    goBack({ screen: 'authorize' })
  }
  return (
    <Page title={t('authorizeTitle')}>
      <Box className="panel">{t('authorizeBody')}</Box>
      <ErrorBox task={task} />
      <Button kind="primary" busy={task.busy} onPress={() => task.run(allow)}>
        {t('allow')}
      </Button>
      <Button onPress={() => byHand('declined')}>{t('typeByHand')}</Button>
    </Page>
  )
}
