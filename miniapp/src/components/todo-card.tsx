import { Box, Button, Text } from '@base'
import type { TodoRow } from '../api/types'
import { useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { formatBeijing } from '../journey/time'

/** Shows one to-do of the list. If the registry has another name for the document, it shows nothing else of the case. */
export function TodoCard({ row, onOpen }: { row: TodoRow; onOpen: (id: string) => void }) {
  const t = useTranslation()
  const { id, kind } = row
  const open = kind === 'open'
  const state = kind === 'name_differs' ? t('nameDiffers') : labelOf(row.state ?? kind, t)
  const act = t(open ? 'confirmBusiness' : 'see')
  const business = row.business_label ?? labelOf(row.business_kind ?? '', t)
  return (
    <Box className="panel card">
      <Box className="card-head">
        <Text className="strong">{row.enterprise_name ?? row.registry_name}</Text>
        <Text className={open ? 'badge due' : 'badge'}>{state}</Text>
      </Box>
      {row.hint && <Box>{row.hint}</Box>}
      {id && <Box>{[business, row.role].filter(Boolean).join(' · ')}</Box>}
      {row.represented && <Box>{`${t('represented')} ${row.represented}`}</Box>}
      {id && <Box className="small">{row.registry_name}</Box>}
      {open && row.expires_at && <Box className="small">{t('answerBy', { time: formatBeijing(row.expires_at) })}</Box>}
      {id && (
        <Button
          kind={open ? 'primary' : 'plain'}
          label={[act, row.enterprise_name, row.role, row.represented].filter(Boolean).join(' ')}
          onPress={() => onOpen(id)}
        >
          {act}
        </Button>
      )}
    </Box>
  )
}
