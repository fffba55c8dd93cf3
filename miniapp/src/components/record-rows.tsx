import type { Confirmation } from '../api/types'
import { useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { formatBeijing } from '../journey/time'
import { Rows } from './rows'

/** Shows one of the person's answers. */
export function RecordRows({ answer }: { answer: Confirmation }) {
  const t = useTranslation()
  const reason = answer.reason === 'other' ? t('reasonOther') : answer.reason && labelOf(answer.reason, t)
  return (
    <Rows
      rows={[
        { label: t('decision'), value: labelOf(answer.decision, t) },
        { label: t('reason'), value: reason },
        { label: t('enterprise'), value: answer.erased ? t('contentErased') : answer.enterprise_name },
        {
          label: t('business'),
          value: answer.business_label ?? (answer.erased ? undefined : labelOf(answer.business_kind, t)),
        },
        { label: t('role'), value: answer.role },
        { label: t('represented'), value: answer.represented },
        { label: t('answeredAt'), value: formatBeijing(answer.answered_at) },
      ]}
    />
  )
}
