import type { Todo } from '../api/types'
import { useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { Rows } from './rows'

/** Shows exactly the content that the registry pushed and that the digest covers. */
export function Content({ todo }: { todo: Todo }) {
  const t = useTranslation()
  const { header, items, role, represents, registry_name: registry, case_id: caseId } = todo.content
  return (
    <>
      <Rows
        title={t('businessInfo')}
        rows={[
          { label: t('enterprise'), value: header.enterprise_name },
          { label: t('business'), value: header.business_label ?? labelOf(header.business_kind, t) },
          { label: t('role'), value: role },
          { label: t('represented'), value: represents?.enterprise_name },
          { label: t('creditCode'), value: represents?.credit_code },
          { label: t('capacity'), value: represents?.capacity },
          { label: t('registry'), value: registry },
          { label: t('appliedOn'), value: header.applied_on },
          { label: t('mode'), value: labelOf(header.mode, t) },
          { label: t('caseId'), value: caseId },
        ]}
      />
      {items.length > 0 && <Rows rows={items} />}
    </>
  )
}
