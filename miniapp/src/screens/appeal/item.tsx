import { Box, Button, Picture } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import { api } from '../../app/client'
import { useTask } from '../../app/hooks'
import { ErrorBox } from '../../components/error'
import type { PickedFile } from '../../platform/platform'
import { hintOf, type PhotoHint } from './quality'
import { isDocument, Reading } from './reading'
import { useAppealTexts } from './texts'
import { type AppealView, interrupted, upload } from './upload'

interface Props {
  appeal: AppealView
  item: AppealView['checklist']['items'][number]
  reload: () => void
}

/** One item of the checklist: pick a file, see it, send it, go on after an interruption, remove it. */
export function Item({ appeal, item, reload }: Props) {
  const a = useAppealTexts()
  const task = useTask()
  const [file, setFile] = useState<PickedFile>()
  const [share, setShare] = useState<number>()
  const [hint, setHint] = useState<PhotoHint>()
  const sent = appeal.materials.filter((one) => one.item === item.code)
  const pick = async () => {
    const picked = await platform.pickFile(item.kind === 'video' ? 'video' : 'picture')
    if (!picked) return
    setFile(picked)
    const pixels = isDocument(item.code) ? await picked.pixels?.(LOOKED_AT) : undefined
    setHint(pixels && hintOf(pixels))
    if (picked.size <= item.max_bytes) await send(picked)
  }
  const send = async (picked: PickedFile) => {
    const done = await upload(appeal, item.code, picked, setShare)
    setShare(undefined)
    const read = appeal.reading?.agreed && isDocument(item.code) && done.state === 'ready'
    if (read) await api.readPhoto(appeal.id, done.id).catch(() => undefined) // the photo is sent all the same
    reload()
  }
  const tooLarge = file !== undefined && file.size > item.max_bytes
  const halfway = file && !task.busy && interrupted(appeal, item.code, file.size)
  return (
    <Box className="panel" as="section" label={item.title}>
      <Box className="strong">{item.required ? item.title : a('optional', { item: item.title })}</Box>
      <Box className="small">{item.hint}</Box>
      {file?.preview && <Picture src={file.preview} alt={item.title} className="portrait" />}
      {tooLarge && <Box as="alert">{a('tooLarge', { mb: Math.floor(item.max_bytes / 2 ** 20) })}</Box>}
      {hint && <Box className="small">{a(hint)}</Box>}
      <Box as="status" className="small">
        {share !== undefined && a('progress', { percent: Math.floor(share * 100) })}
      </Box>
      {sent.map((one) => (
        <Box key={one.id}>
          <Box as={one.state === 'rejected' ? 'alert' : 'div'}>
            {one.state === 'ready' ? a('ready') : (one.reason_text ?? a('unfinished'))}
          </Box>
          <Reading {...{ appeal: appeal.id, material: one, reload }} />
          <Button
            kind="quiet"
            busy={task.busy}
            onPress={() => task.run(async () => removed(appeal.id, one.id, reload))}
          >
            {a('remove', { item: item.title })}
          </Button>
        </Box>
      ))}
      <ErrorBox task={task} />
      {halfway && <Button onPress={() => task.run(() => send(file))}>{a('goOn', { item: item.title })}</Button>}
      <Button busy={task.busy} onPress={() => task.run(pick)}>
        {a('pick', { item: item.title })}
      </Button>
    </Box>
  )
}

const LOOKED_AT = 512 // pixels a side

async function removed(appeal: string, material: string, reload: () => void): Promise<void> {
  await api.removeMaterial(appeal, material)
  reload()
}
