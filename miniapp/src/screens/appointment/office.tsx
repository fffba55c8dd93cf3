import { Box, Button } from '@base'
import { platform } from '@platform'
import { useEffect } from 'react'
import { api } from '../../app/client'
import { useLoad, useRoute, useTask } from '../../app/hooks'
import { signIn } from '../../app/session'
import { persist, useAppState } from '../../app/store'
import { ErrorBox, Loading } from '../../components/error'
import { Page } from '../../components/page'
import { QueueNumber } from './queue-number'
import { useAppointmentTexts } from './texts'

const way = platform.signIn
const isOpen = ({ state }: { state: string }) => ['waiting', 'called'].includes(state)
const gentle = 20 // seconds between two looks at the queue, if the server does not say

/** 现场取号: what the QR code at the door of an office opens. Shows the number of today, or lets the person take one. */
export function Office() {
  const { id = '' } = useRoute()
  const { language } = useAppState()
  const a = useAppointmentTexts()
  const task = useTask()
  const {
    data,
    task: loading,
    reload,
  } = useLoad(async () => {
    const session = await signIn()
    const offices = (await api.offices()).data.offices
    const numbers = session ? (await api.queueNumbers()).data.numbers : []
    // An account has one open number. At another office it is shown with that office's name, because none is given here.
    const number = numbers.find(isOpen) ?? numbers.find(({ office }) => office.id === id)
    return { session, office: offices.find((one) => one.id === id), number }
  }, `${id} ${language}`)
  const open = data?.number && isOpen(data.number)
  const pause = data?.number?.poll_after ?? gentle
  // biome-ignore lint/correctness/useExhaustiveDependencies(data): each answer is followed by the next question
  useEffect(() => {
    if (!open) return
    const timer = setTimeout(reload, pause * 1000)
    return () => clearTimeout(timer)
  }, [data, open, pause, reload])
  if (!data)
    return (
      <Page title={a('officeTitle')} steps={false}>
        <Loading task={loading} />
      </Page>
    )
  const take = async () => {
    await api.takeNumber(id)
    reload()
  }
  const leave = () => {
    persist('target', `office ${id}`) // the person comes back here
    if (way.by === 'page') way.redirect()
  }
  const { number, office, session } = data
  return (
    <Page title={a('officeTitle')} lead={a('officeLead')} steps={false}>
      {office ? (
        <Box className="panel">
          <Box className="strong">{office.name}</Box>
          <Box>{office.address}</Box>
        </Box>
      ) : (
        <Box className="panel">{a('unknownOffice')}</Box>
      )}
      {number && <QueueNumber number={number} elsewhere={number.office.id !== id} />}
      <ErrorBox task={loading} />
      <ErrorBox task={task} />
      {office && session && !open && (
        <Button kind="primary" busy={task.busy} onPress={() => task.run(take)}>
          {a('take')}
        </Button>
      )}
      {office && !session && (
        <Button kind="primary" onPress={leave}>
          {a('signIn')}
        </Button>
      )}
    </Page>
  )
}
