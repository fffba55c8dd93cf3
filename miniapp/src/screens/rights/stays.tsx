import { Box } from '@base'
import type { Ground } from '../../api/types'
import { Rows } from '../../components/rows'
import { formatBeijing } from '../../journey/time'
import { useRightsTexts } from './texts'

/** What stays after an erasure, why, by which law and until when. */
export function Stays({ grounds }: { grounds: readonly Ground[] }) {
  const r = useRightsTexts()
  if (grounds.length === 0) return null
  return (
    <Box as="section" label={r('stays')}>
      <Box className="strong">{r('stays')}</Box>
      {grounds.map(({ code, title, reason, law, until }) => (
        <Rows
          key={code}
          title={title}
          rows={[
            { label: r('reason'), value: reason },
            { label: r('law'), value: law },
            { label: r('until'), value: until ? formatBeijing(until) : r('noEnd') },
          ]}
        />
      ))}
    </Box>
  )
}
