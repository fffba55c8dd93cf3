import { Box, Button, Details } from '@base'
import { api } from '../../app/client'
import { useLoad, useTranslation } from '../../app/hooks'
import { push } from '../../app/navigation'
import { Loading } from '../../components/error'
import { Page } from '../../components/page'
import { Rows } from '../../components/rows'
import { formatBeijing } from '../../journey/time'
import { Download } from './download'
import { useRightsTexts } from './texts'

/** 我的个人信息: what is stored about the person, and what they can do about it. */
export function MyData() {
  const t = useTranslation()
  const r = useRightsTexts()
  const { data, task } = useLoad(async () => (await api.myData()).data, '')
  return (
    <Page title={t('myDataTitle')} lead={r('myDataLead')} steps={false}>
      {!data && <Loading task={task} />}
      <Box as="section" className="panel" label={r('what')}>
        <Box className="strong">{r('what')}</Box>
        <Button onPress={() => push({ screen: 'accesses' })}>{r('accessesTitle')}</Button>
        <Button onPress={() => push({ screen: 'activity' })}>{r('activityTitle')}</Button>
        <Button onPress={() => push({ screen: 'consents' })}>{t('consentsTitle')}</Button>
        <Button onPress={() => push({ screen: 'records' })}>{t('recordsTitle')}</Button>
        <Button onPress={() => push({ screen: 'corrections' })}>{r('correctionsTitle')}</Button>
        <Download />
        <Button kind="danger" onPress={() => push({ screen: 'freeze' })}>
          {r('freezeTitle')}
        </Button>
        <Button kind="danger" onPress={() => push({ screen: 'erase' })}>
          {r('eraseTitle')}
        </Button>
      </Box>
      {data?.holdings.map(({ code, title, purpose, basis, kept, count, since }) => (
        <Details key={code} summary={title}>
          <Rows
            rows={[
              {
                label: r('count'),
                value: count === undefined ? undefined : count === 0 ? r('nothing') : String(count),
              },
              { label: r('since'), value: since && formatBeijing(since) },
              { label: r('purpose'), value: purpose },
              { label: r('basis'), value: basis },
              { label: r('kept'), value: kept },
            ]}
          />
        </Details>
      ))}
    </Page>
  )
}
