import type { Confirmation } from '../api/types'
import { useWords } from '../app/hooks'
import { nameOf } from '../app/names'
import { beijing } from '../journey/time'
import { Rows } from './rows'

/** One answer of the person's own. */
export function RecordRows({ answer }: { answer: Confirmation }) {
  const say = useWords()
  const reason = answer.reason === 'other' ? say('reasonOther') : answer.reason && nameOf(answer.reason, say)
  return (
    <Rows
      rows={[
        { label: say('decision'), value: nameOf(answer.decision, say) },
        { label: say('reason'), value: reason },
        { label: say('enterprise'), value: answer.enterprise_name },
        { label: say('business'), value: answer.business_label ?? nameOf(answer.business_kind, say) },
        { label: say('role'), value: answer.role },
        { label: say('represented'), value: answer.represented },
        { label: say('answeredAt'), value: beijing(answer.answered_at) },
      ]}
    />
  )
}
