import { Box, Details } from '@base'
import { useTranslation } from '../app/hooks'
import { ServiceWindow } from './service-window'

/** Says before a person begins that a signature is written by hand, and where to go if that is not possible. */
export function WindowInstead() {
  const t = useTranslation()
  return (
    <Details summary={t('cannotWrite')} lazy>
      <Box className="part">{t('cannotWriteLead')}</Box>
      <ServiceWindow />
    </Details>
  )
}
