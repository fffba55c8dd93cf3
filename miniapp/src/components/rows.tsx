import { Box, Text } from '@base'

export interface Row {
  label: string
  value: string | undefined
}

/** Shows pairs of label and value as plain text. Rows without a value are omitted. */
export function Rows({ rows, title }: { rows: readonly Row[]; title?: string | undefined }) {
  return (
    <Box as="section" className="panel" label={title}>
      {title && <Box className="strong">{title}</Box>}
      <Box as="list" className="rows">
        {rows
          .filter(({ value }) => value)
          .map(({ label, value }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: labels may repeat, and rows never move
            <Box as="item" key={`${at} ${label}`} className="row">
              <Text className="row-label">{`${label} `}</Text>
              <Text className="row-value">{value}</Text>
            </Box>
          ))}
      </Box>
    </Box>
  )
}
