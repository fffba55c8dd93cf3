import { Box, Picture, Text } from '@base'
import { useTranslation } from '../app/hooks'
import { useAppState } from '../app/store'

/** The name and logo of the authority, or the name of the service while the authority is unknown. */
export function Brand() {
  const { authority } = useAppState()
  const t = useTranslation()
  return (
    <Box className="brand">
      {authority?.logo && <Picture className="brand-logo" src={API_BASE + authority.logo} alt="" />}
      <Text className="brand-name">{authority?.name ?? t('title')}</Text>
    </Box>
  )
}
