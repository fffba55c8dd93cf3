import type { ComponentType } from 'react'
import { useLoad, useTranslation } from '../app/hooks'
import { Loading } from './error'
import { Page } from './page'

/** A screen that is loaded when it is shown. */
export function Lazy({ load }: { load: () => Promise<ComponentType> }) {
  const t = useTranslation()
  const { data, task } = useLoad(async () => ({ View: await load() }), '')
  if (data) return <data.View />
  return (
    <Page title={t('title')}>
      <Loading task={task} />
    </Page>
  )
}
