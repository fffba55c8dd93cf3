import { Box, Text } from '@base'
import type { Notice } from '../api/types'
import { useTranslation } from '../app/hooks'

const parts = [
  'who',
  'purpose',
  'method',
  'kinds',
  'recipients',
  'retention',
  'rights',
  'way_without_face',
  'withdrawal',
] as const

/** Shows every part of a notice that the law requires. */
export function NoticeParts({ notice }: { notice: Notice }) {
  const t = useTranslation()
  return (
    <>
      {parts.map((part) => (
        <Box key={part} className="part">
          <Text className="row-label">{`${t(`part_${part}`)} `}</Text>
          <Text>{notice.parts[part]}</Text>
        </Box>
      ))}
    </>
  )
}
