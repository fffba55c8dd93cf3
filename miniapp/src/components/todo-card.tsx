import { Box, Button, Text } from '@base'
import type { TodoRow } from '../api/types'
import { useWords } from '../app/hooks'
import { nameOf } from '../app/names'
import { beijing } from '../journey/time'

/** One todo of the list. Where the registry has the document under another name, only that is told. */
export function TodoCard({ row, onOpen }: { row: TodoRow; onOpen: (id: string) => void }) {
  const say = useWords()
  const { id, kind } = row
  const open = kind === 'open'
  const state = kind === 'name_differs' ? say('nameDiffers') : nameOf(row.state ?? kind, say)
  const act = say(open ? 'confirmBusiness' : 'see')
  const business = row.business_label ?? nameOf(row.business_kind ?? '', say)
  return (
    <Box className="panel card">
      <Box className="card-head">
        <Text className="strong">{row.enterprise_name ?? row.registry_name}</Text>
        <Text className={open ? 'badge due' : 'badge'}>{state}</Text>
      </Box>
      {row.hint && <Box>{row.hint}</Box>}
      {id && <Box>{[business, row.role].filter(Boolean).join(' · ')}</Box>}
      {row.represented && <Box>{`${say('represented')} ${row.represented}`}</Box>}
      {id && <Box className="small">{row.registry_name}</Box>}
      {open && row.expires_at && <Box className="small">{`${say('answerBy')} ${beijing(row.expires_at)}`}</Box>}
      {id && (
        <Button
          kind={open ? 'main' : 'plain'}
          label={[act, row.enterprise_name, row.role, row.represented].filter(Boolean).join(' ')}
          onPress={() => onOpen(id)}
        >
          {act}
        </Button>
      )}
    </Box>
  )
}
