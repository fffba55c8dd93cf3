import type { Todo } from '../api/types'
import { useWords } from '../app/hooks'
import { nameOf } from '../app/names'
import { Rows } from './rows'

/** Everything that the registry pushed and that is digested, and nothing else. */
export function Content({ todo }: { todo: Todo }) {
  const say = useWords()
  const { header, items, role, represents, registry_name: registry, case_id: caseId } = todo.content
  return (
    <>
      <Rows
        title={say('businessInfo')}
        rows={[
          { label: say('enterprise'), value: header.enterprise_name },
          { label: say('business'), value: header.business_label ?? nameOf(header.business_kind, say) },
          { label: say('role'), value: role },
          { label: say('represented'), value: represents?.enterprise_name },
          { label: say('creditCode'), value: represents?.credit_code },
          { label: say('capacity'), value: represents?.capacity },
          { label: say('registry'), value: registry },
          { label: say('appliedOn'), value: header.applied_on },
          { label: say('mode'), value: nameOf(header.mode, say) },
          { label: say('caseId'), value: caseId },
        ]}
      />
      {items.length > 0 && <Rows rows={items} />}
    </>
  )
}
