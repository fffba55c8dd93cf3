import { Box } from '@base'
import type { Failure } from '../api/types'

/** Lists what the person can do, in the order of the server. */
export function Remedies({ failure }: { failure: Failure }) {
  return (
    <Box as="list" className="remedies">
      {failure.remedies.map((remedy) => (
        <Box as="item" key={remedy.kind} className="remedy">
          {remedy.text}
        </Box>
      ))}
    </Box>
  )
}
