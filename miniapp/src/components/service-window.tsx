import { Box } from '@base'
import { api } from '../app/client'
import { useLoad, useTranslation } from '../app/hooks'
import { useAppState } from '../app/store'

/** Shows the service window. Shows nothing until it is loaded, because the surrounding content is complete without it. */
export function ServiceWindow() {
  const { language } = useAppState()
  const t = useTranslation()
  const { data } = useLoad(async () => (await api.support()).data, language)
  if (!data) return null
  return (
    <Box className="part">
      <Box className="strong">{t('window')}</Box>
      <Box>{data.service_window}</Box>
    </Box>
  )
}
