/** Reports whether the screen is taller than wide. The pages of mini-programs do not rotate with the device. */
export function useUpright(): boolean {
  return true
}
