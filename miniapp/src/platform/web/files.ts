import { bytesToBase64 } from '../../strokes/base64'
import type { PickedFile } from '../platform'

/** Opens the browser's own choice of a file or the camera. */
export function pickFile(kind: 'picture' | 'video'): Promise<PickedFile | undefined> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = kind === 'video' ? 'video/mp4,video/quicktime' : 'image/jpeg,image/png,image/webp'
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] && picked(input.files[0], kind)))
    input.addEventListener('cancel', () => resolve(undefined))
    input.click()
  })
}

function picked(file: File, kind: 'picture' | 'video'): PickedFile {
  return {
    size: file.size,
    preview: kind === 'picture' ? URL.createObjectURL(file) : undefined,
    read: async (start, length) => bytesToBase64(new Uint8Array(await file.slice(start, start + length).arrayBuffer())),
  }
}
