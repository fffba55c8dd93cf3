import { Box } from '@base'
import type { Verification } from '../api/types'

/** Shows the operator's note on a check that works less well than usual. */
export function ServiceNote({ verification }: { verification: Verification | undefined }) {
  const note = verification?.next?.note
  return note ? <Box className="panel info">{note}</Box> : null
}
