import { Box } from '@base'
import { platform } from '@platform'
import type { Confirmation } from '../api/types'
import { useLoad, useTranslation } from '../app/hooks'
import type { Receipt } from '../journey/receipt'

/** Says whether the seal of a receipt is valid. Where this cannot be checked, it says how it can be. */
export function ReceiptSeal({ receipt, answer }: { receipt: Receipt | undefined; answer: Confirmation }) {
  const t = useTranslation()
  const { data: seal } = useLoad(async () => {
    if (!receipt || !platform.checkSeal) return 'unchecked'
    if (receipt.confirmationId !== answer.id || receipt.decision !== answer.decision) return 'invalid'
    return platform.checkSeal(receipt).catch(() => 'unchecked' as const)
  }, answer.id)
  return (
    <Box className="panel">
      <Box className="strong">{t('seal')}</Box>
      <Box as="status">{t(seal ? `seal_${seal}` : 'seal_checking')}</Box>
      {receipt?.test && <Box className="small">{t('seal_test')}</Box>}
    </Box>
  )
}
