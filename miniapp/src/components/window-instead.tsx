import { Box, Details } from '@base'
import { useTranslation } from '../app/hooks'
import { ServiceWindow } from './service-window'

/** Tells the person in advance that the signature is written by hand, and where to go if they cannot write. */
export function WindowInstead() {
  const t = useTranslation()
  return (
    <Details summary={t('cannotWrite')} lazy>
      <Box className="part">{t('cannotWriteLead')}</Box>
      <ServiceWindow />
    </Details>
  )
}
