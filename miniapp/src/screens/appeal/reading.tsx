import { Box, Button, Checkbox, DateField, Details, Field } from '@base'
import { useState } from 'react'
import { api } from '../../app/client'
import { useTask } from '../../app/hooks'
import { ErrorBox } from '../../components/error'
import { NoticeParts } from '../../components/notice-parts'
import { Rows } from '../../components/rows'
import { formatBeijing } from '../../journey/time'
import { useAppealTexts } from './texts'
import type { AppealView, MaterialView } from './upload'

type Reload = () => void

/** Returns whether photos of an item are read, if the person agrees. */
export const isDocument = (item: string) => item === 'document_front' || item === 'document_back'

/** Has every photo read that is sent and was not read yet. */
export async function readAll(appeal: AppealView): Promise<void> {
  for (const one of appeal.materials) {
    if (one.state === 'ready' && isDocument(one.item) && !one.reading) await api.readPhoto(appeal.id, one.id)
  }
}

/** The notice about the reading of photos, with a box that is not ticked. The appeal goes on without it. */
export function ReadingConsent({ appeal, reload }: { appeal: AppealView; reload: Reload }) {
  const a = useAppealTexts()
  const task = useTask()
  const [ticked, setTicked] = useState(false)
  const offer = appeal.reading
  if (!offer) return null
  const agree = async () => {
    const { id, version, hash } = offer.notice
    const { data } = await api.agreeToReading(appeal.id, { notice: { id, version, hash } })
    await readAll(data)
    reload()
  }
  const withdraw = async () => {
    await api.withdrawReading(appeal.id)
    setTicked(false)
    reload()
  }
  return (
    <Box as="section" className="panel" label={a('readingTitle')}>
      <Box className="strong">{a('readingTitle')}</Box>
      <Box className="small">{a(offer.agreed ? 'readingAgreed' : 'readingLead')}</Box>
      <Box lang={offer.notice.language}>
        <Details summary={a('readingNotice')}>
          <NoticeParts notice={offer.notice} />
        </Details>
        {!offer.agreed && (
          <Checkbox checked={ticked} onChange={setTicked}>
            {offer.notice.statement}
          </Checkbox>
        )}
      </Box>
      <ErrorBox task={task} />
      {offer.agreed ? (
        <Button kind="quiet" busy={task.busy} onPress={() => task.run(withdraw)}>
          {a('readingWithdraw')}
        </Button>
      ) : (
        <Button busy={task.busy} disabled={!ticked} onPress={() => task.run(agree)}>
          {a('readingAgree')}
        </Button>
      )}
    </Box>
  )
}

interface Props {
  appeal: string
  material: MaterialView
  reload: Reload
}

/** What was read in a photo: masked, to be confirmed or corrected. */
export function Reading({ appeal, material, reload }: Props) {
  const a = useAppealTexts()
  const { reading } = material
  if (!reading) return null
  if (reading.state !== 'read')
    return <Box className="small">{a(reading.state === 'asking' ? 'asking' : 'notRead')}</Box>
  if (reading.fault) return <Box className="small">{`${reading.fault_text ?? ''} ${a('faultLead')}`}</Box>
  return (
    <Box>
      <Rows
        rows={[
          { label: a('readName'), value: reading.name_masked },
          { label: a('readNumber'), value: reading.number_masked },
          { label: a('readValidity'), value: reading.validity ? a('readHidden') : undefined },
        ]}
      />
      {reading.hints.map((hint) => (
        <Box key={hint} className="small">
          {hint}
        </Box>
      ))}
      {reading.confirmed_at ? (
        <Box as="status" className="small">
          {a('confirmed', { time: formatBeijing(reading.confirmed_at) })}
        </Box>
      ) : (
        <Corrections {...{ appeal, material, reload }} />
      )}
    </Box>
  )
}

/** Fields for what is printed on the card where something else was read. */
function Corrections({ appeal, material, reload }: Props) {
  const a = useAppealTexts()
  const task = useTask()
  const [typed, setTyped] = useState({ name: '', number: '', valid_from: '', valid_until: '', long_term: false })
  const set = (name: keyof typeof typed) => (value: string | boolean) => setTyped((old) => ({ ...old, [name]: value }))
  const confirm = async () => {
    await api.confirmReading(appeal, material.id, { ...typed, valid_until: typed.long_term ? '' : typed.valid_until })
    reload()
  }
  return (
    <Box as="section" label={a('correctTitle')}>
      <Box className="small">{a('correctLead')}</Box>
      {material.item === 'document_front' ? (
        <>
          <Field label={a('correctName')} value={typed.name} maxLength={100} onChange={set('name')} />
          <Field
            label={a('correctNumber')}
            value={typed.number}
            maxLength={18}
            keyboard="id"
            onChange={set('number')}
          />
        </>
      ) : (
        <>
          <DateField label={a('correctFrom')} value={typed.valid_from} onChange={set('valid_from')} />
          {!typed.long_term && (
            <DateField label={a('correctUntil')} value={typed.valid_until} onChange={set('valid_until')} />
          )}
          <Checkbox checked={typed.long_term} onChange={set('long_term')}>
            {a('correctLongTerm')}
          </Checkbox>
        </>
      )}
      <ErrorBox task={task} />
      <Button busy={task.busy} onPress={() => task.run(confirm)}>
        {a('confirm')}
      </Button>
    </Box>
  )
}
