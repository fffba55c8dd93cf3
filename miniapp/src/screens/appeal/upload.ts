import type { Answer } from '../../api/types'
import { api } from '../../app/client'
import type { PickedFile } from '../../platform/platform'

export type AppealView = Answer<'/v1/appeals/{id}', 'get'>
export type MaterialView = AppealView['materials'][number]

/** Returns the upload of a file that was interrupted: the same item, and as many bytes. */
export function interrupted(appeal: AppealView, item: string, size: number): MaterialView | undefined {
  return appeal.materials.find((one) => one.item === item && one.state === 'uploading' && one.bytes === size)
}

/** Sends the parts of a file that have not arrived yet, and completes it. `progress` is told a share from 0 to 1. */
export async function upload(
  appeal: AppealView,
  item: string,
  file: PickedFile,
  progress: (share: number) => void,
): Promise<MaterialView> {
  const partBytes = appeal.checklist.part_bytes
  const found =
    interrupted(appeal, item, file.size) ?? (await api.addMaterial(appeal.id, { item, bytes: file.size })).data
  let arrived = found.received.length
  progress(arrived / found.parts)
  for (let part = 0; part < found.parts; part++) {
    if (found.received.includes(part)) continue
    const start = part * partBytes
    await api.putPart(appeal.id, found.id, part, await file.read(start, Math.min(partBytes, file.size - start)))
    progress(++arrived / found.parts)
  }
  return (await api.completeMaterial(appeal.id, found.id)).data
}
