import { Box, Button } from '@base'
import { api } from '../../app/client'
import { useLoad, useTranslation } from '../../app/hooks'
import { push } from '../../app/navigation'
import { setState } from '../../app/store'
import { Loading } from '../../components/error'
import { Page } from '../../components/page'
import { Rows } from '../../components/rows'
import { formatBeijing } from '../../journey/time'
import { useRightsTexts } from './texts'

/** The freezes that this account has placed. It needs no access, because a freeze has ended it. */
export function Frozen() {
  const t = useTranslation()
  const r = useRightsTexts()
  const { data, task } = useLoad(async () => (await api.freezes()).data.freezes, '')
  const lift = () => {
    setState({ lifting: true })
    push({ screen: 'entry' })
  }
  const frozen = !!data?.length
  return (
    <Page
      title={frozen ? r('frozenTitle') : r('freezeTitle')}
      lead={frozen ? r('frozenLead') : undefined}
      steps={false}
      mark={frozen ? 'success' : undefined}
    >
      {!data && <Loading task={task} />}
      {data?.length === 0 && <Box className="panel">{r('notFrozen')}</Box>}
      {data?.map((one) => (
        <Rows key={one.id} rows={[{ label: r('frozenAt'), value: formatBeijing(one.placed_at) }]} />
      ))}
      {frozen && <Button onPress={lift}>{r('liftTitle')}</Button>}
      <Button kind="quiet" onPress={() => push({ screen: 'entry' })}>
        {t('home')}
      </Button>
    </Page>
  )
}
