/** Reports whether the screen is higher than wide. The pages of mini-programs do not turn with the device. */
export function useUpright(): boolean {
  return true
}
