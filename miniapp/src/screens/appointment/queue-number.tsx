import { Box } from '@base'
import type { Answer } from '../../api/types'
import { useAppointmentTexts } from './texts'

type Number = Answer<'/v1/queue-numbers/{id}', 'get'>

/** A queue number and how far it is. Screen readers announce each change. A number of another office has its name. */
export function QueueNumber({ number, elsewhere }: { number: Number; elsewhere: boolean }) {
  const a = useAppointmentTexts()
  const text = {
    waiting: a('before', { n: number.before }),
    called: a('called', { desk: number.desk ?? '' }),
    served: a('served'),
    absent: a('absent'),
  }[number.state]
  return (
    <Box as="section" className="panel" label={a('number')}>
      <Box className="small">{a('number')}</Box>
      <Box className="h1">{number.number}</Box>
      {elsewhere && <Box>{a('elsewhere', { office: number.office.name })}</Box>}
      <Box as="status" className="strong">
        {text}
      </Box>
      {number.state === 'waiting' && <Box>{a('waiting')}</Box>}
    </Box>
  )
}
