import { Box, Button } from '@base'
import { api } from '../app/client'
import { useLoad, useTask, useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { refresh } from '../app/session'
import { setState } from '../app/store'
import { ErrorBox, Loading } from '../components/error'
import { Page } from '../components/page'
import { formatBeijing } from '../journey/time'

/** The kinds that no check needs. Withdrawing them ends no verification. */
const unneeded: readonly string[] = ['remember', 'owner_check', 'document_photo']

/** 我的授权: the active consents, each of which can be withdrawn. */
export function Consents() {
  const t = useTranslation()
  const withdraw = useTask()
  const { data, task, reload } = useLoad(async () => (await api.consents()).data.consents, '')
  const end = (id: string, kind: string) =>
    withdraw.run(async () => {
      await api.withdraw(id)
      if (!unneeded.includes(kind)) setState({ verification: undefined })
      await refresh()
      reload()
    })
  return (
    <Page title={t('consentsTitle')} lead={t('withdrawLead')}>
      {!data && <Loading task={task} />}
      {data?.length === 0 && <Box className="panel">{t('consentsEmpty')}</Box>}
      <ErrorBox task={withdraw} />
      {data?.map(({ id, kind, accepted_at }) => (
        <Box key={id} className="panel">
          <Box className="strong">{labelOf(kind, t, 'kind_')}</Box>
          <Box className="small">{t('consentSince', { time: formatBeijing(accepted_at) })}</Box>
          {kind === 'remember' && <Box className="small">{t('forgetLead')}</Box>}
          {kind === 'owner_check' && <Box className="small">{t('ownerWithdrawLead')}</Box>}
          <Button
            kind="quiet"
            busy={withdraw.busy}
            label={`${t('withdraw')} ${labelOf(kind, t, 'kind_')}`}
            onPress={() => end(id, kind)}
          >
            {t('withdraw')}
          </Button>
        </Box>
      ))}
    </Page>
  )
}
