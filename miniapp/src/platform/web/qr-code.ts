import { renderSVG } from 'uqr'

/** Returns the QR code of a text as the address of a picture. */
export function qrCode(text: string): string {
  return `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { ecc: 'M', border: 2 }))}`
}
