const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 with padding, as data addresses want it. No platform's own is the same everywhere. */
export function bytesToBase64(bytes: Uint8Array): string {
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const b = [bytes[i] ?? 0, bytes[i + 1] ?? 0, bytes[i + 2] ?? 0]
    const bits = (b[0] << 16) | (b[1] << 8) | b[2]
    const left = bytes.length - i
    out += alphabet[bits >> 18] + alphabet[(bits >> 12) & 63]
    out += (left > 1 ? alphabet[(bits >> 6) & 63] : '=') + (left > 2 ? alphabet[bits & 63] : '=')
  }
  return out
}

/** Base64url without padding, as the contract wants handwriting. */
export function bytesToBase64Url(bytes: Uint8Array): string {
  return bytesToBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
}
