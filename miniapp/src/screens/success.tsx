import { Button } from '@base'
import { useTranslation } from '../app/hooks'
import { push, replace } from '../app/navigation'
import { useAppState } from '../app/store'
import { Page } from '../components/page'
import { routeOf } from '../journey/next'
import type { Key } from '../strings'

const leads: Readonly<Record<string, Key>> = { confirm: 'successSign', lift: 'successLift' }

/** S4 核验成功. */
export function Success() {
  const { verification } = useAppState()
  const t = useTranslation()
  return (
    <Page title={t('successTitle')} lead={t(leads[verification?.purpose ?? ''] ?? 'successLead')} mark="success">
      {verification ? (
        <Button kind="primary" onPress={() => replace(routeOf(verification))}>
          {t('continue')}
        </Button>
      ) : (
        <Button kind="primary" onPress={() => push({ screen: 'entry' })}>
          {t('home')}
        </Button>
      )}
    </Page>
  )
}
