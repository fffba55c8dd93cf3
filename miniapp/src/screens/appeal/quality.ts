import type { Pixels } from '../../platform/platform'

/** What is likely to make a photo of a document useless. The worst comes first. */
export type PhotoHint = 'photoSmall' | 'photoBlurred' | 'photoDark' | 'photoGlare'

// Measured on the copy of at most 512 pixels a side that the platform returns.
const SMALLEST = 480 // shorter side of the photo itself; recognizers and reviewers want 500
const SHARP = 60 // variance of the Laplacian; chosen on drawn pictures, not measured on cards
const DARK = 45 // mean brightness of 255
const WHITE = 250 // nothing is printed as bright as a lamp in the plastic
const GLARE = 0.06 // share of the picture
const PAPER = 0.5 // likewise: white all over is white paper, and no reflection

/** Returns what a person should know before a reviewer sees the photo, or nothing. It decides nothing. */
export function hintOf({ width, height, rgba, photo }: Pixels): PhotoHint | undefined {
  if (Math.min(photo.width, photo.height) < SMALLEST) return 'photoSmall'
  const grey = greyOf(rgba)
  if (mean(grey) < DARK) return 'photoDark'
  const white = grey.reduce((count, one) => (one >= WHITE ? count + 1 : count), 0) / grey.length
  if (white > GLARE && white < PAPER) return 'photoGlare'
  return variance(laplacian(grey, width, height)) < SHARP ? 'photoBlurred' : undefined
}

function greyOf(rgba: ArrayLike<number>): Float32Array {
  const grey = new Float32Array(rgba.length / 4)
  for (let i = 0; i < grey.length; i++) {
    grey[i] = 0.299 * (rgba[4 * i] ?? 0) + 0.587 * (rgba[4 * i + 1] ?? 0) + 0.114 * (rgba[4 * i + 2] ?? 0)
  }
  return grey
}

function laplacian(grey: Float32Array, width: number, height: number): Float32Array {
  const edges = new Float32Array(Math.max(0, (width - 2) * (height - 2)))
  let at = 0
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const around = (grey[i - 1] ?? 0) + (grey[i + 1] ?? 0) + (grey[i - width] ?? 0) + (grey[i + width] ?? 0)
      edges[at++] = around - 4 * (grey[i] ?? 0)
    }
  }
  return edges
}

const mean = (values: Float32Array) => values.reduce((sum, one) => sum + one, 0) / (values.length || 1)

function variance(values: Float32Array): number {
  const middle = mean(values)
  return values.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (values.length || 1)
}
