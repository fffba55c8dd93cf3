import { Box, Picture } from '@base'
import { problemCode } from '../api/errors'
import type { Verification } from '../api/types'
import { api } from '../app/client'
import { useLoad, useTranslation } from '../app/hooks'
import { Loading } from './error'

/** Shows the picture of a passed face check. It is not stored. The provider may not have returned one. */
export function Portrait({ verification }: { verification: Verification | undefined }) {
  const t = useTranslation()
  const { data, task } = useLoad(async () => {
    if (!verification?.has_portrait) return 'none'
    try {
      return await api.portrait(verification.id)
    } catch (error) {
      if (problemCode(error) !== 'not_found') throw error
      return 'none'
    }
  }, verification?.id ?? '')
  if (data === undefined) return <Loading task={task} />
  return data === 'none' ? (
    <Box className="lead">{t('noPhoto')}</Box>
  ) : (
    <Picture className="portrait" src={data} alt={t('photoAlt')} />
  )
}
