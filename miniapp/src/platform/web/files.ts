import { bytesToBase64 } from '../../strokes/base64'
import type { PickedFile, Pixels } from '../platform'

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
    pixels: (side) => pixelsOf(file, side),
  }
}

async function pixelsOf(file: File, side: number): Promise<Pixels | undefined> {
  const photo = await createImageBitmap(file).catch(() => undefined)
  if (!photo) return undefined
  const scale = Math.min(1, side / Math.max(photo.width, photo.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(photo.width * scale))
  canvas.height = Math.max(1, Math.round(photo.height * scale))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context?.drawImage(photo, 0, 0, canvas.width, canvas.height)
  const drawn = context?.getImageData(0, 0, canvas.width, canvas.height)
  return drawn && { width: drawn.width, height: drawn.height, rgba: drawn.data, photo }
}
