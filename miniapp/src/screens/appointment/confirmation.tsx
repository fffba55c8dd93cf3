import { Box, Button, Picture } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import type { Answer } from '../../api/types'
import { api } from '../../app/client'
import { useTask } from '../../app/hooks'
import { push } from '../../app/navigation'
import { ErrorBox } from '../../components/error'
import { Rows } from '../../components/rows'
import { formatBeijing } from '../../journey/time'
import { ChooseTime } from './choose-time'
import { clockOf } from './slots'
import { useAppointmentTexts } from './texts'

type Booked = Answer<'/v1/appointments/{id}', 'get'>

/** The booked time with its code. On the web, this is what the page prints. */
export function Confirmation({ booked, onChange }: { booked: Booked; onChange: () => void }) {
  const a = useAppointmentTexts()
  const task = useTask()
  const [copied, setCopied] = useState(false)
  const [changing, setChanging] = useState(false)
  const when = `${formatBeijing(booked.starts_at)}–${clockOf(booked.ends_at)}`
  const keep = async () => {
    const text = [a('booked'), when, booked.office.name, booked.office.address, `${a('code')} ${booked.code}`].join(
      '\n',
    )
    setCopied((await platform.saveText(text)) === 'copied')
  }
  const cancel = async () => {
    await api.cancelAppointment(booked.id)
    onChange()
  }
  const change = async (startsAt: string) => {
    await api.changeAppointment(booked.id, startsAt)
    setChanging(false)
    onChange()
  }
  return (
    <>
      <Box as="section" className="panel slip" label={a('booked')}>
        {booked.qr && <Picture src={`data:image/png;base64,${booked.qr}`} alt={a('qr')} className="portrait" />}
        <Rows
          rows={[
            { label: a('code'), value: booked.code },
            { label: a('when'), value: when },
            { label: a('office'), value: booked.office.name },
            { label: a('address'), value: booked.office.address },
            { label: a('slip'), value: booked.slip_code },
          ]}
        />
        <Box>{a('show')}</Box>
        <Button kind="quiet" onPress={() => task.run(keep)}>
          {a('keep')}
        </Button>
        <Box as="status" className="small">
          {copied && a('copied')}
        </Box>
      </Box>
      <ErrorBox task={task} />
      <Button kind="primary" onPress={() => push({ screen: 'office', id: booked.office.id })}>
        {a('arrive')}
      </Button>
      {changing && <ChooseTime office={booked.office.id} onChoose={change} />}
      <Button onPress={() => setChanging(!changing)}>{a(changing ? 'keepTime' : 'change')}</Button>
      <Button kind="quiet" busy={task.busy} onPress={() => task.run(cancel)}>
        {a('cancel')}
      </Button>
    </>
  )
}
