import { Box } from '@base'
import { useTranslation } from '../app/hooks'
import type { Message } from '../app/store'

/** Says why the person was led to this page. */
export function MessageBox({ message }: { message: Message | undefined }) {
  const t = useTranslation()
  if (!message) return null
  return (
    <Box as="status" className="panel info">
      {t(message)}
    </Box>
  )
}
